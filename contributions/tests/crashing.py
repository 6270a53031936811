"""The portal with a fault built in, for gunicorn to serve in tests: `FAULT` says where it dies, once, of kill -9.

Nothing of this is in the portal itself: the fault is put around its functions here, and only while testing.
"""

import os
import signal
import threading
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from assises.wsgi import application
from contributions.intake import record

__all__ = ["application"]
FAULTS = ("before insert", "after insert", "before commit", "after commit")
FAULT = os.environ["FAULT"]
MARKER = Path(os.environ["FAULT_MARKER"])  # there as long as the fault has not struck
sending = threading.local()
plain_write, plain_commit = record.write, BaseDatabaseWrapper.commit


def die_at(point):
    if point == FAULT and MARKER.exists():
        MARKER.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def write(rows):
    die_at("before insert")
    found = plain_write(rows)
    sending.has_inserted = True
    die_at("after insert")
    return found


def commit(connection):
    has_inserted, sending.has_inserted = getattr(sending, "has_inserted", False), False
    if not has_inserted:
        return plain_commit(connection)
    die_at("before commit")
    if FAULT == "commit forgotten":  # the negative control: promised, and not kept
        return connection.rollback()
    plain_commit(connection)
    return die_at("after commit")


if not settings.TESTING:
    raise RuntimeError("Faults are for tests")
record.write, BaseDatabaseWrapper.commit = write, commit
