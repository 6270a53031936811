"""How far a long job is: written beside the job's transaction, so that the page that waits can see it."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.conf import settings
from django.db.models.functions import Now

from assises.jobs.models import Progress
from assises.tenancy.context import current, scoped

SHORTEST_PAUSE = 0.5


@dataclass
class Reporter:
    """`report(done, total, step)`, as often as one likes: it writes at most twice a second, and always the last one."""

    job: str
    subject: str
    last: float = field(default=0.0, init=False)

    def report(self, done: int, total: int, step: str = "") -> None:
        if done < total and monotonic() - self.last < SHORTEST_PAUSE:
            return
        self.last = monotonic()
        using, scope = settings.PROGRESS_DATABASE, current()
        key = {"prefecture_id": scope.prefecture or None, "job": self.job, "subject": self.subject}
        values: dict[str, Any] = {"done": done, "total": total, "step": step}
        if done == 0:
            values["started_at"] = Now()  # another run of the same job: the page tells from it how long is left
        with scoped(scope, using=using):
            rows = Progress.objects.using(using)
            if not rows.filter(**key).update(**values, updated_at=Now()):
                rows.bulk_create([Progress(**key, **values)], ignore_conflicts=True)


def progress_of(job: str, subject: str) -> Progress | None:
    return Progress.objects.filter(job=job, subject=subject).first()
