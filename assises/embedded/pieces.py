"""The portal's own processes: what the web, the jobs and the beat are started with."""

import errno
import os
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assises.embedded.problems import CannotRunError
from assises.embedded.watcher import Command

PIECES = ("servers", "web", "jobs", "beat")
CORES = len(os.sched_getaffinity(0))
MOST_JOBS_AT_ONCE = 8
BACKLOG = 2048
# Celery's worker warns at length about root, who is no danger here: its messages are JSON.
WITHOUT_ROOT_WARNING = "ignore:You're running the worker with superuser"


def open_port(host: str, port: int) -> socket.socket:
    """The listening socket, which outlives restarts of the web; refused in words when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            suggested = port + 1 if port < 65535 else 8001  # noqa: PLR2004 (the last port)
            raise CannotRunError(
                f"Le port {port} est déjà pris par un autre programme. Choisissez-en un autre, par exemple : "
                f"PORT={suggested} bin/run"
            ) from None
        raise CannotRunError(
            f"Impossible d’ouvrir le port {port} sur {host} ({error.strerror}). "
            "Choisissez-en un autre avec PORT= et HOST=."
        ) from None
    listener.listen(BACKLOG)
    return listener


@dataclass(frozen=True)
class Portal:
    """What the portal's processes have in common."""

    root: Path
    environment: Mapping[str, str]
    kept_fds: tuple[int, ...] = ()

    def manage(self, name: str, command: str, *, is_quiet: bool = False, **more: str) -> Command:
        """`manage.py command`, with `more` in its environment."""
        argv = (sys.executable, "manage.py", command)
        return Command(name, argv, {**self.environment, **more}, self.root, kept_fds=self.kept_fds, is_quiet=is_quiet)

    def web(self, listener: socket.socket, *, ready_fd: int, go_fd: int) -> Command:
        argv = _module("gunicorn", "-c", "python:assises.embedded.gunicorn_conf", "assises.wsgi:application")
        fds = {
            "ASSISES_LISTEN_FD": str(listener.fileno()),
            "ASSISES_READY_FD": str(ready_fd),
            "ASSISES_GO_FD": str(go_fd),
        }
        kept_fds = (*self.kept_fds, listener.fileno(), ready_fd, go_fd)
        return Command("web", argv, {**self.environment, **fds}, self.root, kept_fds=kept_fds)

    def jobs(self) -> Command:
        concurrency = self.environment.get("JOBS_CONCURRENCY") or str(min(max(CORES, 2), MOST_JOBS_AT_ONCE))
        options = ("--include", "assises.embedded.pool_children", "--pool", "prefork", "--concurrency", concurrency)
        return self._celery("jobs", "worker", *options, "--without-mingle", "--without-gossip")

    def beat(self, schedule: Path) -> Command:
        schedule.parent.mkdir(parents=True, exist_ok=True)
        # No pid file: the lock on the piece says who runs.
        return self._celery("beat", "beat", "--schedule", str(schedule), "--pidfile=")

    def _celery(self, name: str, *arguments: str) -> Command:
        argv = _module("celery", "--quiet", "-A", "assises", *arguments, "--loglevel", "INFO")
        return Command(name, argv, self.environment, self.root, kept_fds=self.kept_fds)


def scratch_folder(folder: Path, *, is_cleared: bool) -> str:
    """For what has no meaning once its process is dead; cleared by the piece that it matters to."""
    if is_cleared:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def _module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-W", WITHOUT_ROOT_WARNING, "-m", name, *arguments)
