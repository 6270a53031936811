"""Loaded by Celery's worker (`--include`): its pool must not outlive it."""

import os
import signal

from celery.signals import worker_process_init

from assises.embedded.child import die_with_parent

worker_pid = os.getpid()


@worker_process_init.connect
def follow_worker(**_: object) -> None:
    die_with_parent(signal.SIGKILL, worker_pid)
