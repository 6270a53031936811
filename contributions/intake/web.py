"""The questionnaire on the web: a draft becomes a contribution."""

from dataclasses import dataclass

from django.db import transaction

from assises.tenancy.context import PUBLIC, Scope, scoped
from consultations.around import passings
from consultations.models import Audience, Consultation, Passing, QuestionnaireVersion
from contributions import codes, drafts
from contributions.intake.answers import Problem, divide, read_all
from contributions.intake.record import Receipt, Submission, already_received, record
from contributions.models import Channel, Draft

WEB = Channel("web")
SENT = Passing.Point(1000)


class NoDraftError(Exception):
    """There is nothing at this address, and nothing was sent from it."""


@dataclass
class NotReadyError(Exception):
    """Answers to mend first, each with the number of its step."""

    problems: list[tuple[int, Problem]]


def send(version: QuestionnaireVersion, key: str, *, may_publish: bool) -> Receipt:
    """Send the draft; again, late or twenty times at once, it gives the same receipt. When refused, the draft stays."""
    consultation = version.consultation
    drafts.hold(consultation, key)  # before the savepoint: what is told inside is forgotten with it
    with transaction.atomic():
        draft = drafts.take(consultation, key)
        if draft is None:
            return receipt_of(consultation, key)
        receipt = record(submission_of(version, draft, key, may_publish=may_publish))
        if receipt.is_new:
            passings.count(consultation, SENT, draft.link_id)
        return receipt


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
    )


def receipt_of(consultation: Consultation, key: str) -> Receipt:
    """The receipt of what was sent from this draft."""
    sent = Submission(
        prefecture=consultation.prefecture_id,
        consultation=consultation.pk,
        channel=WEB,
        submission_key=drafts.submission_key_of(key),
    )
    with scoped(Scope(PUBLIC, sent.prefecture, holder=codes.hash_of(sent.code))):
        received = already_received(sent, sent.code)
    if received is None:
        raise NoDraftError
    return received
