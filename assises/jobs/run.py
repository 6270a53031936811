"""Doing what is owed: claim, perform, record the outcome.

Two short transactions around one that works:

1. *claim* counts the attempt and moves `due_at` forward, committed before the work starts: a row that kills its worker
   uses up its attempts like any other failure;
2. *perform* locks the row again and does the work in the transaction that marks it done. The lock is the lease: as long
   as the work goes on nobody else takes the row, and when the worker dies the database frees it;
3. a failure is recorded with the next date, or as given up, where staff can see it.
"""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime

from django.db import connection, models
from django.db.models.functions import Now

from assises.jobs.models import Owed
from assises.jobs.nudge import nudge
from assises.jobs.registry import JOBS, ROUTINES, Job, Routine
from assises.tenancy.context import as_ministry, as_prefecture

logger = logging.getLogger(__name__)


def scope_of(prefecture: str) -> AbstractContextManager[None]:
    """Rows without a prefecture are the ministry's."""
    return as_prefecture(prefecture) if prefecture else as_ministry()


def run_due(job: Job, prefecture: str, row_id: int | None = None) -> int:
    """Do what one prefecture (or the ministry) is owed, or one row of it; returns how many rows were tried."""
    tried = 0
    for claimed in _claims(job, prefecture, row_id):
        perform_one(job, prefecture, claimed)
        tried += 1
    return tried


def _claims(job: Job, prefecture: str, row_id: int | None) -> Iterator[int]:
    while (claimed := claim(job, prefecture, row_id)) is not None:
        yield claimed
        if row_id is not None:
            return


def claim(job: Job, prefecture: str, row_id: int | None = None) -> int | None:
    """Take the oldest due row that nobody works on, and count the attempt."""
    with scope_of(prefecture):
        rows = job.model.objects.for_prefecture(prefecture or None).due()
        if row_id is not None:
            rows = rows.filter(pk=row_id)
        row = rows.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk").first()
        if row is None:
            return None
        attempts = row.attempts + 1
        job.model.objects.filter(pk=row.pk).update(attempts=attempts, due_at=Now() + job.wait_after(attempts))
        return row.pk


def perform_one(job: Job, prefecture: str, row_id: int) -> None:
    """Do the work of one claimed row and mark it done, in one transaction."""
    try:
        with scope_of(prefecture):
            row = _lock(job, row_id)
            if row is None:
                return
            job.perform(row)
            job.model.objects.filter(pk=row_id).update(done_at=Now(), last_error="")
    except Exception as error:
        logger.exception("%s %s failed", job.name, row_id)
        _record_failure(job, prefecture, row_id, error)


def _lock(job: Job, row_id: int) -> Owed | None:
    rows = job.model.objects.owed().filter(pk=row_id)
    return rows.select_for_update(skip_locked=True, of=("self",)).first()


def _record_failure(job: Job, prefecture: str, row_id: int, error: Exception) -> None:
    with scope_of(prefecture):
        rows = job.model.objects.owed().filter(pk=row_id)
        rows.update(
            last_error=f"{type(error).__name__} : {error}"[:2000],
            given_up_at=models.Case(models.When(attempts__gte=job.attempts, then=Now()), default=None),
        )


def retry(job: Job, row: Owed) -> None:
    """A person asks to try again what was given up."""
    job.model.objects.filter(pk=row.pk).update(given_up_at=None, attempts=0, due_at=Now())
    nudge(job, row)


def owing(job: Job) -> list[tuple[str, datetime, int]]:
    """(prefecture, oldest due date, rows) of every tenant with work due: all that a sweep may know of others."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {due_function(job.model)}()")  # noqa: S608 (ours)
        return cursor.fetchall()


def run_routine(routine: Routine, prefecture: str) -> None:
    """Do all that one tenant owes, in one transaction."""
    with scope_of(prefecture):
        routine.perform(prefecture)


def all_owing() -> dict[str, list[tuple[str, datetime, int]]]:
    """What is due, by the name of each job and routine."""
    return {job.name: owing(job) for job in JOBS.values()} | {r.name: r.owing() for r in ROUTINES.values()}


def oldest_due() -> datetime | None:
    """When the work that has waited longest should have been done."""
    return min((oldest for due in all_owing().values() for _, oldest, _ in due), default=None)


def due_function(model: type[models.Model]) -> str:
    return f"due_{model._meta.db_table}"
