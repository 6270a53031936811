"""Who came is not kept for ever: identities the day after, the rest after three months. Each leaves a line."""

import logging
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from assises import clock
from assises.accounts.models import Prefecture
from assises.jobs.registry import Routine, register_routine
from consultations.meetings.mails import forget_mails
from consultations.models import Meeting, Registration

FUNCTION = "meetings_to_forget"  # its delays are those below
PEOPLE_OUTLIVE = timedelta(days=90)
logger = logging.getLogger(__name__)


def forget(prefecture: str) -> None:
    """All that is due in one prefecture; the meeting keeps when, the log keeps how many."""
    now = clock.now()
    office = Prefecture.objects.get(pk=prefecture)
    over = Meeting.objects.for_prefecture(prefecture).annotate(day=TruncDate("ends_at", tzinfo=office.zone))
    for meeting in over.filter(day__lt=now.astimezone(office.zone).date(), people_erased_at=None):
        rows = Registration.objects.for_prefecture(prefecture).filter(meeting=meeting)
        forget_identities(meeting, rows, now)
        if meeting.ends_at <= now - PEOPLE_OUTLIVE:
            forget_people(meeting, rows, now)


def forget_identities(meeting: Meeting, rows: QuerySet[Registration], now: datetime) -> None:
    if number := rows.exclude(identity="").update(identity=""):
        Meeting.objects.filter(pk=meeting.pk).update(identity_erased_at=now)
        logger.info("Réunion %s, préfecture %s : %s identités effacées", meeting.pk, meeting.prefecture_id, number)


def forget_people(meeting: Meeting, rows: QuerySet[Registration], now: datetime) -> None:
    """The rows themselves, and what is left of them in mails. Numbers present and the replay of a draw stay."""
    addresses = list(rows.exclude(mail="").values_list("mail", flat=True))
    number, _ = rows.delete()
    if number:
        forget_mails(meeting.prefecture_id, addresses)
        Meeting.objects.filter(pk=meeting.pk).update(people_erased_at=now)
        logger.info("Réunion %s, préfecture %s : %s inscriptions effacées", meeting.pk, meeting.prefecture_id, number)


def owing() -> list[tuple[str, datetime, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {FUNCTION}()")  # noqa: S608 (ours)
        return cursor.fetchall()


FORGETTING = register_routine(
    Routine(name="consultations.meetings.forget", owing=owing, perform=forget, label="Effacement des inscriptions")
)
