"""The questionnaire on the web: a draft becomes a contribution."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from assises.tenancy.context import PUBLIC, Scope, scoped
from consultations.around import passings
from consultations.models import Audience, Consultation, Passing, QuestionnaireVersion
from contributions import bodies, codes, correct, drafts
from contributions.alert import alert
from contributions.intake.answers import Problem, divide, read_all
from contributions.intake.record import Receipt, Submission, already_received, record
from contributions.limits import NOBODY, Sender, flags_of, refuse_a_flood
from contributions.models import Channel, Draft
from contributions.safety import withhold

WEB = Channel("web")
SENT = Passing.Point(1000)


class NoDraftError(Exception):
    """There is nothing at this address, and nothing was sent from it."""


@dataclass
class NotReadyError(Exception):
    """Answers to mend first, each with the number of its step."""

    problems: list[tuple[int, Problem]]


def send(version: QuestionnaireVersion, key: str, *, may_publish: bool, sender: Sender = NOBODY) -> Receipt:
    """Send the draft; again, late or twenty times at once, it gives the same receipt. When refused, the draft stays."""
    consultation = version.consultation
    drafts.hold(consultation, key)  # before the savepoint: what is told inside is forgotten with it
    with transaction.atomic():
        draft = drafts.take(consultation, key, sender.name)
        if draft is None:
            return receipt_of(consultation, key)
        refuse_a_flood(draft.sendings, draft.taken_at)
        submission = submission_of(version, draft, key, may_publish=may_publish)
        flags = flags_of(draft, sender, sendings=draft.sendings, moment=draft.taken_at)
        known = consultation if draft.taken_at == getattr(consultation, "moment", None) else None
        receipt = record(replace(submission, flags=tuple(flags)), known=known)
        if receipt.is_new:
            passings.count(consultation, SENT, draft.link_id)
            write_apart(consultation, draft, submission, receipt)
        return receipt


def write_apart(consultation: Consultation, draft: Draft, submission: Submission, receipt: Receipt) -> None:
    """What few contributions have: somebody in whose name they speak, words that call for help."""
    if draft.body or draft.replaces_id:
        bodies.keep(consultation, draft, contribution=receipt.contribution, code=receipt.code)
    if withhold.flags(submission.answers, withhold.reasons(submission.passages)):
        alert(consultation)


def former_of(draft: Draft) -> dict[str, Any]:
    """Nothing, or what this draft corrects; the code stays the same."""
    former = draft.replaces_id
    return {"replaces": former, "code_key": correct.code_key(draft.prefecture_id, former)} if former else {}


def submission_of(version: QuestionnaireVersion, draft: Draft, key: str, *, may_publish: bool) -> Submission:
    steps = version.content["steps"]
    answers, problems = read_all(steps, draft.answers, draft.audience)
    if problems:
        raise NotReadyError(problems)
    closed, passages = divide(steps, answers)
    return Submission(
        prefecture=version.prefecture_id,
        consultation=version.consultation_id,
        version=version.pk,
        channel=WEB,
        audience=Audience(draft.audience),
        submission_key=drafts.submission_key_of(key),
        answers=closed,
        passages=passages,
        may_publish=may_publish,
        partner=draft.partner_id,
        **former_of(draft),
    )


def receipt_of(consultation: Consultation, key: str) -> Receipt:
    """The receipt of what was sent from this draft."""
    sent = Submission(
        prefecture=consultation.prefecture_id,
        consultation=consultation.pk,
        channel=WEB,
        submission_key=drafts.submission_key_of(key),
    )
    former = correct.sent_before(sent.prefecture, sent.submission_key) if drafts.may_correct(key) else None
    if former:
        sent = replace(sent, code_key=correct.code_key(sent.prefecture, former))
    with scoped(Scope(PUBLIC, sent.prefecture, holder=codes.hash_of(sent.code))):
        received = already_received(sent, sent.code)
    if received is None:
        raise NoDraftError
    return received
