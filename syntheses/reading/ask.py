"""Somebody wants everything read now: what waited waits no longer, what was given up is tried again."""

from assises import clock
from consultations.models import Consultation
from syntheses.models import Analysis
from syntheses.reading.owe import WHOLE, owe


def ask_now(consultation: Consultation) -> None:
    """A run that a worker has begun goes on as it is."""
    now = clock.now()
    owe(consultation, WHOLE, now)
    mine = Analysis.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    mine.owed().filter(due_at__gt=now, attempts=0).update(due_at=now, read_until=now)
    failed = mine.owed().filter(due_at__gt=now).exclude(last_error="")
    free = list(failed.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
    mine.filter(pk__in=free).update(due_at=now)
