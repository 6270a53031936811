"""The day before, whoever has a seat is reminded of it, once."""

from datetime import datetime

from django.db import connection
from django.db.models.functions import Now

from assises import clock
from assises.jobs.registry import Routine, register_routine
from consultations.meetings.mails import REMINDER, write
from consultations.meetings.register import A_DAY
from consultations.models import Meeting, Registration

FUNCTION = "meetings_to_remind"  # its delay is `A_DAY`


def remind(prefecture: str) -> None:
    """Each mail is owed in the transaction that marks its row: never twice."""
    now = clock.now()
    soon = {
        "meeting__state": Meeting.State.PUBLISHED,
        "meeting__starts_at__gt": now,
        "meeting__starts_at__lte": now + A_DAY,
    }
    rows = Registration.objects.for_prefecture(prefecture).seated().filter(reminded_at=None, **soon).exclude(mail="")
    facts = ("meeting__consultation__prefecture", "meeting__consultation__campaign", "meeting__commune")
    for row in rows.select_related(*facts, "meeting__arrondissement").select_for_update(of=("self",)):
        write(REMINDER, row.meeting, row)
        Registration.objects.for_prefecture(prefecture).filter(pk=row.pk).update(reminded_at=Now())


def owing() -> list[tuple[str, datetime, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {FUNCTION}()")  # noqa: S608 (ours)
        return cursor.fetchall()


REMINDING = register_routine(
    Routine(name="consultations.meetings.remind", owing=owing, perform=remind, label="Rappel des réunions")
)
