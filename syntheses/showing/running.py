"""How far the reading is: what waits, what goes on and for how long, what failed, until when everything was read."""

from dataclasses import dataclass
from datetime import datetime

from assises import clock
from assises.jobs.models import Progress
from assises.jobs.progress import progress_of
from consultations.models import Consultation
from syntheses.models import Analysis
from syntheses.reading.owe import last_run
from syntheses.reading.run import READ

TOO_EARLY = 0.08  # below this share, what is left cannot be told from what has passed
MINUTE = 60


@dataclass(frozen=True)
class Running:
    """`going`: a worker reads; `waiting`: a run is owed; `failed`: it was given up and nobody has asked again."""

    last: Analysis | None = None
    owed: Analysis | None = None
    failed: Analysis | None = None
    progress: Progress | None = None
    left: str = ""
    is_put_off: bool = False  # decisions are gathered for a while before they are all learnt at once

    @property
    def is_going(self) -> bool:
        return self.progress is not None

    @property
    def is_pending(self) -> bool:
        return self.owed is not None

    @property
    def may_ask(self) -> bool:
        """Nothing is owed, or it waits for its hour."""
        return self.owed is None or self.is_put_off

    @property
    def step(self) -> str:
        if self.progress:
            return self.progress.step
        return (
            "La prochaine lecture réunit d’abord vos décisions" if self.is_put_off else "En attente d’un instant libre"
        )

    @property
    def done(self) -> int:
        return self.progress.done if self.progress else 0

    @property
    def total(self) -> int:
        return self.progress.total if self.progress else 100

    @property
    def version(self) -> str:
        return str(self.last.manifest.get("code", "")) if self.last else ""


def running_of(consultation: Consultation) -> Running:
    """Three statements: the page asks this every two seconds."""
    mine = Analysis.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    newest = mine.defer("memory").order_by("-pk").first()
    last = last_run(consultation)
    if newest is None or newest.done_at:
        return Running(last=last)
    if newest.given_up_at:
        return Running(last=last, failed=newest)
    now = clock.now()
    progress = progress_of(READ.name, str(consultation.pk)) if newest.attempts else None
    # What an earlier run has left there says nothing about this one.
    if progress and (progress.done >= progress.total or progress.updated_at < newest.created_at):
        progress = None
    return Running(
        last=last,
        owed=newest,
        progress=progress,
        left=time_left(progress, now),
        is_put_off=newest.attempts == 0 and newest.due_at > now,
    )


def time_left(progress: Progress | None, now: datetime) -> str:
    """In words, since nobody needs seconds; nothing while too little has been done to tell."""
    if progress is None or not progress.total:
        return ""
    share = progress.done / progress.total
    if share < TOO_EARLY:
        return ""
    seconds = (now - progress.started_at).total_seconds() * (1 - share) / share
    if seconds < MINUTE:
        return "moins d’une minute"
    minutes = round(seconds / MINUTE)
    return "environ une minute" if minutes == 1 else f"environ {minutes}\u00a0minutes"
