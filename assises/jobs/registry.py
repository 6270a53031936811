"""The jobs there are: a model of owed rows and a function that does one row.

A routine is the other kind: work that is not one row. It says which tenants owe it, and does all that one of them owes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assises.jobs.models import Owed

FIRST_RETRY = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    """`perform(row)` runs in the transaction that marks the row as done: its effects happen with that mark, or not."""

    name: str
    model: type[Owed]
    perform: Callable[[Owed], None]
    label: str
    attempts: int = 10

    def wait_after(self, attempts: int) -> timedelta:
        """Twice as long after each failure: 30 s, 1 min, 2 min … 1 h."""
        return min(FIRST_RETRY * 2 ** max(attempts - 1, 0), LONGEST_WAIT)


@dataclass(frozen=True)
class Routine:
    """`perform(prefecture)` runs in one transaction, as that tenant; what failed is still owed at the next sweep.

    `owing()` answers (prefecture, oldest due date, number) across tenants, through a function of the owner.
    """

    name: str
    owing: Callable[[], list[tuple[str, datetime, int]]]
    perform: Callable[[str], None]
    label: str


JOBS: dict[str, Job] = {}
ROUTINES: dict[str, Routine] = {}


def register(job: Job) -> Job:
    """Called from an app's `ready()`."""
    JOBS[job.name] = job
    return job


def register_routine(routine: Routine) -> Routine:
    """Called from an app's `ready()`."""
    ROUTINES[routine.name] = routine
    return routine
