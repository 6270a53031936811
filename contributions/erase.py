"""Takes somebody's words away, everywhere they are: what is left says that there was a contribution, and no more."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contributions.log.note import note
from contributions.models import Contact, Contribution, Draft, LogEntry, Request, Statement

NOTHING: dict[str, Any] = {"answers": {}, "salt": None, "may_publish": False, "partner": None}


def erase(contribution: Contribution, moment: datetime) -> None:
    """The words of a contribution and of those it corrected, with their salt; the log keeps its leaves, and says so.

    To be called in the prefecture's scope, on a row that the caller has locked.
    """
    office = contribution.prefecture_id
    keys = [contribution.pk, *(row.pk for row in corrected(contribution))]
    rows = Contribution.objects.for_prefecture(office).filter(pk__in=keys)
    rows.update(**NOTHING)
    rows.filter(pk=contribution.pk).update(withdrawn_at=moment)
    Statement.objects.for_prefecture(office).filter(contribution__in=keys).delete()
    Contact.objects.for_prefecture(office).filter(contribution__in=keys).delete()  # and what the body had joined
    Draft.objects.for_prefecture(office).filter(replaces__in=keys).delete()
    # What was asked may tell what was written; that it was asked, and how it was answered, stays.
    Request.objects.for_prefecture(office).filter(contribution__in=keys).update(text="")
    note(str(LogEntry.Event.WITHDRAWN), contribution, recorded_at=moment)


def corrected(contribution: Contribution) -> Iterable[Contribution]:
    """Those that were sent before under the same code."""
    rows = Contribution.objects.for_prefecture(contribution.prefecture_id)
    return rows.filter(receipt_hash=contribution.receipt_hash, replaced_at__isnull=False)
