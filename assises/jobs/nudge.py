"""After commit, ask a worker to look now. Nobody waits for the broker: when it is down, the sweep will do it.

A thread of each process hands nudges over, so that an answer to a citizen never depends on Redis. After a failure it
drops nudges for a while instead of trying each of them: a client's retries take seconds.
"""

import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import transaction

from assises.celery import app
from assises.jobs.models import Owed
from assises.jobs.registry import Job

logger = logging.getLogger(__name__)
PAUSE_AFTER_FAILURE = 10.0
TASK = "assises.jobs.tasks.run_owed"


class Sender:
    """The thread of one process; a forked child makes its own."""

    def __init__(self) -> None:
        self.pid = 0
        self.silent_until = 0.0

    def submit(self, *args: object) -> None:
        if self.pid != os.getpid():
            self.pid = os.getpid()
            self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="nudge")
        self.thread.submit(self.send, *args)

    def send(self, *args: object) -> None:
        if time.monotonic() < self.silent_until:
            return
        try:
            app.send_task(TASK, args)
        except Exception as error:  # noqa: BLE001 (any failure of the broker: the row is kept)
            self.silent_until = time.monotonic() + PAUSE_AFTER_FAILURE
            logger.warning("The broker did not take a nudge, the sweep will do: %s", error)


sender = Sender()


def nudge(job: Job, row: Owed) -> None:
    prefecture, row_id = row.prefecture_id or "", row.pk
    transaction.on_commit(lambda: sender.submit(job.name, prefecture, row_id), robust=True)


def nudge_all(job: Job, prefecture: str) -> None:
    """One word for all that a tenant is owed, where a word a row would be many."""
    transaction.on_commit(lambda: sender.submit(job.name, prefecture, None), robust=True)
