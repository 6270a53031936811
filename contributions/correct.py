"""Correcting a contribution: a draft refilled from it, sent as another contribution that takes its place.

The public's scope may not change what was received: the former one is set aside as the prefecture, behind
`take_the_place_of`, for whoever holds the draft that its code opened.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from assises.tenancy.context import as_prefecture
from contributions import codes, drafts
from contributions.log.note import note
from contributions.models import Contribution, Draft, LogEntry, Statement


def begin(contribution: Contribution, statements: Iterable[Statement]) -> str:
    """The key of a draft that holds what was sent, to be changed and sent again."""
    key = drafts.new_key(corrects=True)
    consultation = contribution.consultation
    drafts.hold(consultation, key)
    texts = {f"{s.theme_key}.{s.question_key}": s.text for s in statements}
    made = Draft(
        prefecture_id=contribution.prefecture_id,
        consultation=consultation,
        key_hash=codes.hash_of(key),
        audience=contribution.audience,
        partner_id=contribution.partner_id,
        answers=contribution.answers | texts,
        may_publish=contribution.may_publish,
        replaces=contribution,
    )
    Draft.objects.bulk_create([made])
    return key


def code_key(prefecture: str, former: UUID) -> UUID | None:
    """The key from which the code was made that opens this contribution: that of the first one sent under it."""
    with as_prefecture(prefecture):
        rows = Contribution.objects.for_prefecture(prefecture)
        held = rows.filter(pk=former).values_list("receipt_hash", "replaces", "submission_key").first()
        if held is None:
            return None
        if held[1] is None:
            return held[2]
        return (
            rows.filter(receipt_hash=held[0], replaced_at__isnull=False, replaces=None)
            .values_list("submission_key", flat=True)
            .first()
        )


def sent_before(prefecture: str, submission_key: UUID) -> UUID | None:
    """Which contribution the correction that was sent under this key had taken the place of."""
    with as_prefecture(prefecture):
        rows = Contribution.objects.for_prefecture(prefecture).filter(submission_key=submission_key)
        return rows.values_list("replaces", flat=True).first()


def take_the_place_of(former: UUID, correction: Contribution, moment: datetime) -> bool:
    """Set the former one aside, once: of two corrections at once the second waits here, then finds it taken."""
    with as_prefecture(correction.prefecture_id):
        rows = Contribution.objects.for_prefecture(correction.prefecture_id)
        rows = rows.filter(pk=former, consultation=correction.consultation_id, receipt_hash=correction.receipt_hash)
        if not rows.filter(replaced_at=None, withdrawn_at=None).update(replaced_at=moment):
            return False
        note(str(LogEntry.Event.REPLACED), rows.get(), recorded_at=moment, about=correction.pk)
        return True
