"""Every minute, new entries of the log get their place in their consultation's tree, and a checkpoint is signed."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from assises import clock
from assises.jobs.registry import Routine, register_routine
from consultations.models import Consultation
from contributions.log import keys, tree
from contributions.log.leaf import instant
from contributions.log.migration import FUNCTION
from contributions.models import Checkpoint, Leaf, LogEntry

LOCKS = 6962  # the family of our advisory locks: one a consultation


def seal_prefecture(prefecture: str) -> None:
    """Seal whatever this prefecture's consultations have that is not sealed yet."""
    waiting = unsealed(prefecture).values_list("consultation", flat=True)
    for number in sorted(set(waiting)):
        seal(Consultation.objects.for_prefecture(prefecture).get(pk=number))


def seal(consultation: Consultation) -> Checkpoint | None:
    """Give new entries their place, in the order in which they were written, and sign the tree they make."""
    hold_the_pen(consultation)
    entries = list(unsealed(consultation.prefecture_id).filter(consultation=consultation).order_by("pk"))
    if not entries:
        return None
    hashes = leaf_hashes(consultation)
    Leaf.objects.bulk_create(
        Leaf(prefecture_id=entry.prefecture_id, consultation=consultation, entry=entry, number=number)
        for number, entry in enumerate(entries, start=len(hashes))
    )
    return sign_checkpoint(consultation, [*hashes, *(bytes(entry.leaf_hash) for entry in entries)])


def hold_the_pen(consultation: Consultation) -> None:
    """One at a time for each consultation, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, consultation.pk])


def unsealed(prefecture: str) -> QuerySet[LogEntry]:
    placed = Leaf.objects.for_prefecture(prefecture).filter(entry=OuterRef("pk"))
    return LogEntry.objects.for_prefecture(prefecture).filter(~Exists(placed))


def leaf_hashes(consultation: Consultation, size: int | None = None) -> list[bytes]:
    """The leaves in their order: all of them, or the first `size`."""
    leaves = Leaf.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    hashes = leaves.order_by("number").values_list("entry__leaf_hash", flat=True)
    return [bytes(found) for found in (hashes if size is None else hashes[:size])]


def sign_checkpoint(consultation: Consultation, hashes: list[bytes]) -> Checkpoint:
    checkpoint = Checkpoint(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        size=len(hashes),
        root=tree.root(hashes),
        signed_at=clock.now(),
        key_id=keys.key_id(),
    )
    checkpoint.signature = keys.sign(signed_facts(checkpoint))
    checkpoint.save()
    return checkpoint


def signed_facts(checkpoint: Checkpoint) -> dict[str, Any]:
    """What the signature of a checkpoint covers."""
    return {
        "prefecture": checkpoint.prefecture_id,
        "consultation": checkpoint.consultation_id,
        "size": checkpoint.size,
        "root": bytes(checkpoint.root).hex(),
        "signed_at": instant(checkpoint.signed_at),
        "key": checkpoint.key_id,
    }


def owing() -> list[tuple[str, datetime, int]]:
    """Prefectures with entries to seal, since when and how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {FUNCTION}()")  # noqa: S608 (ours)
        return cursor.fetchall()


SEAL = register_routine(
    Routine(name="contributions.seal", owing=owing, perform=seal_prefecture, label="Scellement du registre")
)
