"""Locks that die with their holder: no pid file to go stale."""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

from assises.embedded.problems import CannotRunError

LEFTOVERS_TIMEOUT = 60.0


class AlreadyRunningError(CannotRunError):
    """Another process holds the lock."""


def take_lock(path: Path) -> int:
    """A file descriptor that holds the lock for as long as it is open, here or in a process that inherited it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise AlreadyRunningError(f"Déjà en marche ({path.stem}).") from None
    return handle


def wait_for_lock(path: Path, *, on_wait: Callable[[], None], timeout: float = LEFTOVERS_TIMEOUT) -> int:
    """The same, after the children of a killed run have finished dying."""
    limit = time.monotonic() + timeout
    is_told = False
    while True:
        try:
            return take_lock(path)
        except AlreadyRunningError:
            if time.monotonic() > limit:
                raise
            if not is_told:
                on_wait()
                is_told = True
            time.sleep(0.05)
