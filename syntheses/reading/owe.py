"""When a run of the analysis is owed, and whether it reads everything again or only what is new.

A burst does not rerun everything: at most one run a minute and consultation, and a large consultation is read again as
a whole only when it has grown by a seventh, when it has closed, or when people have corrected what was read.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count

from assises import clock
from assises.jobs.nudge import nudge_all
from consultations.models import Consultation
from contributions.models import LogEntry
from syntheses.build import LAST_ARRIVALS
from syntheses.models import Analysis

WHOLE, NEW = str(Analysis.Extent.WHOLE), str(Analysis.Extent.NEW)
SMALL = 3_000  # statements: read whole in a second or two
GROWTH = 7
OVERLAP = timedelta(hours=1)
RECEIVED = str(LogEntry.Event.RECEIVED)
TAKEN_BACK = (str(LogEntry.Event.REPLACED), str(LogEntry.Event.WITHDRAWN))
SHORT = 5.0  # seconds
PATIENCE = 4  # so many times as long as a run takes passes between two of them
LONGEST_WAIT = timedelta(minutes=2)


def owing() -> list[tuple[str, datetime, int]]:
    """Prefectures with something unread, since when and in how many consultations."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prefecture, min(since), count(*) FROM unread_consultations() GROUP BY 1")
        return cursor.fetchall()


def owe_readings(prefecture: str) -> None:
    """One run for each consultation of this prefecture that has something unread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT consultation FROM unread_consultations() WHERE prefecture = %s", [prefecture])
        unread = [number for (number,) in cursor.fetchall()]
    now = clock.now()
    for consultation in Consultation.objects.for_prefecture(prefecture).filter(pk__in=unread).order_by("pk"):
        owe(consultation, extent_for(consultation, now), now)


def owe(consultation: Consultation, extent: str, moment: datetime) -> None:
    """One run at a time for each consultation: a whole one takes the place of one that reads only what is new."""
    from syntheses.reading.run import READ

    mine = Analysis.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    row = Analysis(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        extent=extent,
        read_until=moment,
        due_at=moment,
    )
    Analysis.objects.bulk_create([row], ignore_conflicts=True)
    if extent == WHOLE:
        # One that a worker has begun keeps what it reads; the sweep finds what it left.
        mine.owed().filter(extent=NEW, attempts=0).update(extent=extent)
    nudge_all(READ, consultation.prefecture_id)


def owe_after_decision(consultation: Consultation) -> None:
    """It learns at once where a run is short; elsewhere decisions are gathered for a while into the next one.

    What is decided while a run goes on is found by the sweep.
    """
    last = last_whole(consultation)
    pause = timedelta(seconds=PATIENCE * last.seconds) if last and last.seconds > SHORT else timedelta()
    owe(consultation, WHOLE, clock.now() + min(pause, LONGEST_WAIT))


def extent_for(consultation: Consultation, now: datetime) -> str:
    last = last_whole(consultation)
    if last is None or consultation.has_closed_at(now - LAST_ARRIVALS):
        return WHOLE
    read, before, after = int(last.manifest["statements"]), last.manifest["events"], events_of(consultation)
    # Labels and quotes are made of what people wrote: they leave with what was withdrawn or corrected.
    if read <= SMALL or any(after.get(event, 0) > before.get(event, 0) for event in TAKEN_BACK):
        return WHOLE
    news = after.get(RECEIVED, 0) - before.get(RECEIVED, 0)
    return WHOLE if news * GROWTH > read else NEW


def events_of(consultation: Consultation) -> dict[str, int]:
    """How many entries of each event the log holds. Not those since a moment: one may have been on its way then."""
    entries = LogEntry.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return dict(entries.order_by().values_list("event").annotate(number=Count("pk")))


def last_whole(consultation: Consultation) -> Analysis | None:
    mine = Analysis.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return mine.filter(extent=WHOLE).exclude(done_at=None).order_by("-read_until").first()


def last_run(consultation: Consultation) -> Analysis | None:
    """The last that was done, whole or not: what pages show was read until then."""
    mine = Analysis.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return mine.exclude(done_at=None).order_by("-read_until").defer("memory").first()
