"""Entries of the log that hold nobody's words: corrected, withdrawn, entered late. Anyone may read their leaves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contributions.log import leaf
from contributions.models import Contribution, LogEntry


def entry_for(
    event: str,
    contribution: Contribution,
    *,
    recorded_at: datetime,
    acted_at: datetime | None = None,
    about: str | UUID = "",
    reason: str = "",
) -> LogEntry:
    """The entry of an event, ready to be written."""
    made = LogEntry(
        prefecture_id=contribution.prefecture_id,
        consultation_id=contribution.consultation_id,
        contribution_id=contribution.pk,
        event=event,
        about=str(about),
        reason=reason,
        acted_at=acted_at or recorded_at,
        recorded_at=recorded_at,
    )
    made.leaf_hash = leaf.leaf_hash(facts_of(made), leaf.OPEN_SALT)
    return made


def facts_of(entry: LogEntry) -> dict[str, Any]:
    """What the leaf of such an entry says."""
    return leaf.open_event(
        entry.event,
        prefecture=entry.prefecture_id,
        consultation=entry.consultation_id,
        contribution=entry.contribution_id,
        about=entry.about,
        reason=entry.reason,
        acted_at=entry.acted_at,
        recorded_at=entry.recorded_at,
    )


def note(event: str, contribution: Contribution, *, recorded_at: datetime, about: str | UUID = "") -> None:
    """Write that something became of a contribution, in the transaction that does it."""
    entry_for(event, contribution, recorded_at=recorded_at, about=about).save(force_insert=True)
