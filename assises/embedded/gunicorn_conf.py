"""gunicorn, as `manage.py run` starts it; also usable alone: `gunicorn -c python:assises.embedded.gunicorn_conf …`."""

import os
import select
import signal
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from prometheus_client import multiprocess

from assises.embedded.child import die_with_parent

cores = len(os.sched_getaffinity(0))
# The socket is opened by the supervisor: visitors wait during a start or a restart, they are not turned away.
LISTENING = os.environ.get("ASSISES_LISTEN_FD")
READY = os.environ.get("ASSISES_READY_FD")
GO = os.environ.get("ASSISES_GO_FD")

bind = [f"fd://{LISTENING}" if LISTENING else f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"]
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(max(cores, 2), 8))
threads = 4
timeout = 60
graceful_timeout = 8
keepalive = 15
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (heartbeats stay off the disk)
arbiter_pid = os.getpid()
if not os.environ.get("DEMO"):
    # One line of JSON an event, like everything else in production.
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "assises.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False}},
    }


def post_fork(server: Any, worker: Any) -> None:
    die_with_parent(signal.SIGKILL, arbiter_pid)


def post_worker_init(worker: Any) -> None:
    import_module(settings.ROOT_URLCONF)  # every view, before the first visitor
    if GO:
        # The supervisor closes its end when the database is migrated.
        while not select.select([int(GO)], [], [], 1)[0]:
            worker.notify()
    if READY:
        os.write(int(READY), b"1")


def child_exit(server: Any, worker: Any) -> None:
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)
