"""What the worker runs: id → load → call. Delivered twice, late or out of order, they end in the same state."""

from celery import shared_task

from assises.jobs import heartbeat, run
from assises.jobs.registry import JOBS, ROUTINES


@shared_task
def run_owed(job: str, prefecture: str, row_id: int | None = None) -> None:
    """Do one owed row, or all that one tenant is owed."""
    run.run_due(JOBS[job], prefecture, row_id)


@shared_task
def run_routine(routine: str, prefecture: str) -> None:
    """Do a routine for one tenant."""
    run.run_routine(ROUTINES[routine], prefecture)


@shared_task
def sweep() -> None:
    """Every minute: whatever is due and was not nudged, or whose nudge was lost."""
    heartbeat.beat("sweep")
    # Routines first: what they find may be owed rows.
    for routine in ROUTINES.values():
        for prefecture, _, _ in routine.owing():
            run_routine.apply_async((routine.name, prefecture))
    for job in JOBS.values():
        for prefecture, _, _ in run.owing(job):
            run_owed.apply_async((job.name, prefecture))
