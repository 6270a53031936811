"""The one door: every contribution, whatever its channel, comes in through `record()` or `record_many()`.

Both share one pure builder. A contribution, its passages and its entry in the log are one transaction; the same
submission sent again, or twenty times at once, is one row and one receipt.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from uuid import UUID, uuid4

from django.db import connection

from assises.clock import TransactionNow
from assises.tenancy.context import PREFECTURE, PUBLIC, Scope, current, scoped
from consultations.models import Audience, Consultation
from contributions import codes, correct
from contributions.intake import bulk
from contributions.log import leaf
from contributions.log.note import entry_for
from contributions.models import Channel, Contribution, LogEntry, Statement
from contributions.safety import withhold

ROWS_AT_ONCE = 1_000
INHABITANT = Audience("public")
Answers = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Passage:
    """A free text and where it was written; a letter has no question."""

    kind: str
    text: str
    theme_key: str = ""
    question_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What one person or body said, already validated. `acted_at` is the postmark of what comes in late."""

    prefecture: str
    consultation: int
    channel: Channel
    submission_key: UUID
    version: int | None = None
    audience: Audience = INHABITANT
    answers: Answers = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    may_publish: bool = False
    partner: int | None = None
    acted_at: datetime | None = None
    flags: tuple[str, ...] = ()
    reason: str = ""  # why it is entered after the closing
    replaces: UUID | None = None  # a correction keeps the code of the first contribution, made from its key
    code_key: UUID | None = None

    @property
    def code(self) -> str:
        return codes.code_for(self.prefecture, self.consultation, self.code_key or self.submission_key)


@dataclass(frozen=True)
class Receipt:
    """What the person is promised; `is_new` is false when the same submission had been received already."""

    code: str
    contribution: UUID
    is_new: bool


@dataclass(frozen=True)
class Rows:
    contribution: Contribution
    statements: list[Statement]
    entries: list[LogEntry]

    @property
    def entry(self) -> LogEntry:
        """That it was received; after the closing, another one says why so late."""
        return self.entries[0]


class RefusedError(Exception):
    """Not received; nothing was written."""


class NotPublishedError(RefusedError):
    """There is no such consultation, or it was withdrawn."""


class NotOpenYetError(RefusedError):
    """Before the opening."""


class ClosedError(RefusedError):
    """At the closing or later."""


class EmptyError(RefusedError):
    """Nothing was said."""


class ReplacedError(RefusedError):
    """What was to be corrected or withdrawn has been, meanwhile."""


class KeyTakenError(RefusedError):
    """Another submission came under this key: nobody has the right to know which."""


def record(submission: Submission, *, known: Consultation | None = None) -> Receipt:
    """Receive one contribution, once.

    `known` is the consultation with its `moment`, when the caller has read it in this very transaction; whatever is
    refused then undoes the caller's block.
    """
    code = submission.code
    with scoped(scope_for(submission, codes.hash_of(code)), savepoint=known is None):
        try:
            consultation = check(submission, known)
        except RefusedError:
            # Sent again after the closing, because the first answer got lost: it was received in time.
            if received := already_received(submission, code):
                return received
            raise
        rows = new_rows(submission, consultation, code)
        former = submission.replaces
        if former and not correct.take_the_place_of(former, rows.contribution, consultation.moment):
            if received := already_received(submission, code):
                return received
            raise ReplacedError
        if not write(rows):
            if received := already_received(submission, code):
                return received
            raise KeyTakenError
    return Receipt(code, rows.contribution.id, is_new=True)


def record_many(submissions: Iterable[Submission]) -> list[Receipt]:
    """Receive the contributions of one consultation, as its prefecture: all of them, or none when one is refused."""
    receipts: list[Receipt] = []
    with scoped(current()):
        submissions = iter(submissions)
        while batch := list(islice(submissions, ROWS_AT_ONCE)):
            receipts += _record_batch(batch)
    return receipts


def _record_batch(batch: Sequence[Submission]) -> list[Receipt]:
    consultation = consultation_of(batch[0])
    if {(s.prefecture, s.consultation) for s in batch} != {(batch[0].prefecture, batch[0].consultation)}:
        raise ValueError("One consultation at a time")
    for submission in batch:
        if submission.replaces:
            raise ValueError("Corrections come one by one")
        refuse_unless_open(consultation, submission)
    built = [new_rows(s, consultation, s.code) for s in batch]
    new = bulk.insert([rows.contribution for rows in built])
    received = [rows for rows in built if rows.contribution.id in new]
    bulk.insert([statement for rows in received for statement in rows.statements])
    bulk.insert([entry for rows in received for entry in rows.entries])
    stored = {rows.contribution.receipt_hash: rows.contribution.id for rows in received}
    stored |= received_before(batch[0].prefecture, {rows.contribution.receipt_hash for rows in built} - set(stored))
    found = [(s.code, stored[rows.contribution.receipt_hash]) for s, rows in zip(batch, built, strict=True)]
    return [Receipt(code, identity, is_new=identity in new) for code, identity in found]


def received_before(prefecture: str, receipts: set[str]) -> dict[str, UUID]:
    """The contributions of these receipts."""
    if not receipts:
        return {}
    rows = Contribution.objects.for_prefecture(prefecture).filter(receipt_hash__in=receipts, replaces=None)
    stored = dict(rows.values_list("receipt_hash", "id"))
    if len(stored) < len(receipts):
        raise KeyTakenError
    return stored


def scope_for(submission: Submission, receipt_hash: str) -> Scope:
    """Staff keep their own scope; anybody else is a visitor who holds this very code."""
    if current().audience == PREFECTURE:
        return replace(current(), holder=receipt_hash)
    return Scope(PUBLIC, submission.prefecture, holder=receipt_hash)


def check(submission: Submission, known: Consultation | None = None) -> Consultation:
    """The consultation, with the moment of this transaction by the database's clock, if it can receive this."""
    consultation = known or consultation_of(submission)
    if not consultation.is_published:
        raise NotPublishedError
    refuse_unless_open(consultation, submission)
    return consultation


def consultation_of(submission: Submission) -> Consultation:
    rows = Consultation.objects.for_prefecture(submission.prefecture).annotate(moment=TransactionNow())
    found = rows.filter(pk=submission.consultation, state=Consultation.State.PUBLISHED).first()
    if found is None:
        raise NotPublishedError
    return found


def refuse_unless_open(consultation: Consultation, submission: Submission) -> None:
    """Opening included, closing excluded, to the second. Only staff may say that something was sent earlier."""
    if submission.acted_at is not None and current().audience != PREFECTURE:
        raise ValueError("Only staff record what was said at another moment")
    moment = submission.acted_at or consultation.moment
    if not submission.answers and not submission.passages:
        raise EmptyError
    if moment < consultation.opens_at:
        raise NotOpenYetError
    if moment >= consultation.closes_at:
        raise ClosedError


def new_rows(submission: Submission, consultation: Consultation, code: str) -> Rows:
    salt, moment = secrets.token_bytes(leaf.SALT_BYTES), consultation.moment
    is_late = moment >= consultation.closes_at
    return build(submission, code=code, moment=moment, identity=uuid4(), salt=salt, is_late=is_late)


def build(
    submission: Submission, *, code: str, moment: datetime, identity: UUID, salt: bytes, is_late: bool = False
) -> Rows:
    """The rows of one contribution: nothing is looked up, nothing is written."""
    acted_at = submission.acted_at or moment
    receipt_hash, reasons = codes.hash_of(code), withhold.reasons(submission.passages)
    contribution = Contribution(
        id=identity,
        prefecture_id=submission.prefecture,
        consultation_id=submission.consultation,
        version_id=submission.version,
        channel=submission.channel,
        audience=submission.audience,
        partner_id=submission.partner,
        answers=dict(submission.answers),
        may_publish=submission.may_publish,
        flags=[*submission.flags, *withhold.flags(submission.answers, reasons)],
        submission_key=submission.submission_key,
        receipt_hash=receipt_hash,
        salt=salt,
        received_at=acted_at,
        replaces_id=submission.replaces,
    )
    statements = [
        Statement(
            prefecture_id=submission.prefecture,
            contribution_id=identity,
            theme_key=passage.theme_key,
            question_key=passage.question_key,
            kind=passage.kind,
            position=position,
            text=passage.text,
            withheld=reason,
            receipt_hash=receipt_hash,
        )
        for position, (passage, reason) in enumerate(zip(submission.passages, reasons, strict=True), 1)
    ]
    event = leaf.received(contribution, statements, acted_at=acted_at, recorded_at=moment)
    entry = LogEntry(
        prefecture_id=submission.prefecture,
        consultation_id=submission.consultation,
        contribution_id=identity,
        event=LogEntry.Event.RECEIVED,
        leaf_hash=leaf.leaf_hash(event, salt),
        acted_at=acted_at,
        recorded_at=moment,
    )
    if not is_late:
        return Rows(contribution, statements, [entry])
    facts = {"acted_at": acted_at, "recorded_at": moment, "about": entry.leaf_hash.hex(), "reason": submission.reason}
    return Rows(contribution, statements, [entry, entry_for(str(LogEntry.Event.LATE), contribution, **facts)])


def write(rows: Rows) -> bool:
    """A contribution, its passages and its entries in the log; nothing, when its submission was received already."""
    told = [bulk.as_json([rows.contribution])[1:-1], bulk.as_json(rows.statements), bulk.as_json(rows.entries)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT receive(%s, %s, %s)", told)
        return cursor.fetchone()[0]


def already_received(submission: Submission, code: str) -> Receipt | None:
    """The receipt of the same submission, if it came before; to be asked under a scope that holds its code."""
    rows = Contribution.objects.for_prefecture(submission.prefecture).filter(receipt_hash=codes.hash_of(code))
    found = rows.filter(submission_key=submission.submission_key).order_by().values_list("id", flat=True).first()
    return Receipt(code, found, is_new=False) if found else None
