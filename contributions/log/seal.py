"""Every minute, new entries of the log get their place in their consultation's tree, and a checkpoint is signed."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from assises import clock
from assises.clock import TransactionNow
from assises.jobs.registry import Routine, register_routine
from consultations.models import Consultation
from contributions.log import keys, tree
from contributions.log.leaf import instant
from contributions.log.migration import CLOSINGS, FUNCTION
from contributions.models import Checkpoint, Leaf, LogEntry

ALL = 2**62
LOCKS = 6962  # the family of our advisory locks: one a consultation


def seal_prefecture(prefecture: str) -> None:
    """Seal whatever this prefecture's consultations have that is not sealed yet."""
    waiting = {*unsealed(prefecture).values_list("consultation", flat=True), *unsigned_closings(prefecture)}
    for number in sorted(waiting):
        seal(Consultation.objects.for_prefecture(prefecture).get(pk=number))


def seal(consultation: Consultation) -> Checkpoint | None:
    """Give new entries their place, in the order in which they were written, and sign the tree they make.

    What was received before the closing is sealed by a checkpoint of its own, that of the closing: whatever comes
    after it was not received in time.
    """
    hold_the_pen(consultation)
    entries = list(unsealed(consultation.prefecture_id).filter(consultation=consultation).order_by("pk"))
    if not is_closing_due(consultation):
        return place_and_sign(consultation, entries) if entries else None
    if is_still_receiving(consultation):
        return None
    closes_at = consultation.closes_at
    in_time = [entry for entry in entries if entry.recorded_at < closes_at]
    late = [entry for entry in entries if entry.recorded_at >= closes_at]
    closing = place_and_sign(consultation, in_time, closing_at=closes_at)
    return place_and_sign(consultation, late) if late else closing


def place_and_sign(
    consultation: Consultation, entries: list[LogEntry], *, closing_at: datetime | None = None
) -> Checkpoint:
    hashes = leaf_hashes(consultation)
    Leaf.objects.bulk_create(
        Leaf(prefecture_id=entry.prefecture_id, consultation=consultation, entry=entry, number=number)
        for number, entry in enumerate(entries, start=len(hashes))
    )
    return sign_checkpoint(consultation, [*hashes, *(bytes(entry.leaf_hash) for entry in entries)], closing_at)


def is_closing_due(consultation: Consultation) -> bool:
    return consultation.pk in unsigned_closings(consultation.prefecture_id)


def unsigned_closings(prefecture: str) -> QuerySet:
    """Consultations that have closed, have a log, and whose closing is not signed yet."""
    signed = Checkpoint.objects.for_prefecture(prefecture).filter(
        consultation=OuterRef("pk"), closing_at=OuterRef("closes_at")
    )
    written = LogEntry.objects.for_prefecture(prefecture).filter(consultation=OuterRef("pk"))
    closed = Consultation.objects.for_prefecture(prefecture).filter(closes_at__lte=TransactionNow())
    found = closed.filter(~Exists(signed), Exists(written), published_at__isnull=False)
    return found.order_by().values_list("pk", flat=True)


def is_still_receiving(consultation: Consultation) -> bool:
    """Whether a transaction that began before the closing has not ended: it may still bring an entry in time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start < %s)",
            [consultation.closes_at],
        )
        return cursor.fetchone()[0]


def hold_the_pen(consultation: Consultation) -> None:
    """One at a time for each consultation, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, consultation.pk])


def unsealed(prefecture: str) -> QuerySet[LogEntry]:
    placed = Leaf.objects.for_prefecture(prefecture).filter(entry=OuterRef("pk"))
    return LogEntry.objects.for_prefecture(prefecture).filter(~Exists(placed))


def leaf_hashes(consultation: Consultation, size: int | None = None) -> list[bytes]:
    """The leaves in their order: all of them, or the first `size`. They come in one piece: three times as fast."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(entry.leaf_hash, ''::bytea ORDER BY leaf.number) FROM contributions_leaf AS leaf"
            " JOIN contributions_logentry AS entry"
            " ON entry.prefecture_id = leaf.prefecture_id AND entry.id = leaf.entry_id"
            " WHERE leaf.prefecture_id = %s AND leaf.consultation_id = %s AND leaf.number < %s",
            [consultation.prefecture_id, consultation.pk, ALL if size is None else size],
        )
        hashes = bytes(cursor.fetchone()[0] or b"")
    return [hashes[place : place + tree.HASH_BYTES] for place in range(0, len(hashes), tree.HASH_BYTES)]


def sign_checkpoint(consultation: Consultation, hashes: list[bytes], closing_at: datetime | None = None) -> Checkpoint:
    checkpoint = Checkpoint(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        size=len(hashes),
        root=tree.root(hashes),
        signed_at=clock.now(),
        closing_at=closing_at,
        key_id=keys.key_id(),
    )
    checkpoint.signature = keys.sign(signed_facts(checkpoint))
    checkpoint.save()
    return checkpoint


def signed_facts(checkpoint: Checkpoint) -> dict[str, Any]:
    """What the signature of a checkpoint covers."""
    closing = {"closing_at": instant(checkpoint.closing_at)} if checkpoint.closing_at else {}
    return {
        **closing,
        "prefecture": checkpoint.prefecture_id,
        "consultation": checkpoint.consultation_id,
        "size": checkpoint.size,
        "root": bytes(checkpoint.root).hex(),
        "signed_at": instant(checkpoint.signed_at),
        "key": checkpoint.key_id,
    }


def owing() -> list[tuple[str, datetime, int]]:
    """Prefectures with entries or a closing to seal, since when and how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT prefecture, min(oldest), sum(rows)::bigint FROM"  # noqa: S608 (names are ours)
            f" (SELECT * FROM {FUNCTION}() UNION ALL SELECT * FROM {CLOSINGS}()) owed GROUP BY 1"
        )
        return cursor.fetchall()


SEAL = register_routine(
    Routine(name="contributions.seal", owing=owing, perform=seal_prefecture, label="Scellement du registre")
)
