"""A gunicorn of the test's own on the test's database, and a client that journals what it was promised."""

import hashlib
import http.client
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from assises.embedded.tests.running import eventually, free_port
from assises.tests.database import owner_connection
from contributions.tests.journey import MORE, SAID, Visitor, code_in  # noqa: F401 (the journey's words)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LONGEST_WAIT = 30


@contextmanager
def served(application="assises.wsgi:application", **more):
    """Its port; one worker, which gunicorn replaces when it dies."""
    port = free_port()
    facts = {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "1", "DATABASE_URL": address()}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:assises.embedded.gunicorn_conf", application],
        cwd=settings.BASE_DIR,
        env={**os.environ, **facts, **more},
    )
    try:
        assert eventually(lambda: asked(port, "GET", "/sante/").status, seconds=60)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)
        for each in (connection,):
            each.close()


def address():
    """The test's database as the app role."""
    facts = connection.settings_dict
    host = quote(facts["HOST"], safe="")
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@/{facts['NAME']}?host={host}" + (
        f"&port={facts['PORT']}" if facts["PORT"] else ""
    )


class Answer:
    def __init__(self, status, location="", body=b"", seconds=0.0):
        self.status, self.location, self.body, self.seconds = status, location, body, seconds


def asked(port, method, path, fields=None):
    """Status 0 when nobody answers."""
    began_at = time.monotonic()
    made = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_WAIT)
    try:
        made.request(method, path, urlencode(fields or {}, doseq=True), FORM if fields is not None else {})
        found = made.getresponse()
        body = found.read()
        return Answer(found.status, found.getheader("Location", ""), body, time.monotonic() - began_at)
    except (OSError, http.client.HTTPException):
        return Answer(0)
    finally:
        made.close()


class Journal:
    """What was promised, on the disk before anything else happens."""

    def __init__(self, path):
        self.path = path

    def note(self, answer):
        code = answer.location.rstrip("/").rpartition("/")[2]
        with self.path.open("a", encoding="ascii") as file:
            file.write(code + "\n")
            file.flush()
            os.fsync(file.fileno())
        return code

    def promised(self):
        return {hashlib.sha256(code.encode()).hexdigest() for code in self.path.read_text("ascii").split()}


def rows():
    """The receipts that have a row, each as often as it has, read by another role."""
    owner = owner_connection(connection.settings_dict["NAME"])
    try:
        with owner.cursor() as cursor:
            cursor.execute("SELECT receipt_hash FROM contributions_contribution")
            return [found for (found,) in cursor.fetchall()]
    finally:
        owner.close()


def write_on(port, visitor):
    """Everything up to the last button, over the wire."""
    begun = asked(port, "POST", visitor.start, {"brouillon": visitor.key, "public": "public"})
    assert begun.status == 302, begun.body[:2000]
    for number, said in ((1, SAID), (2, MORE)):
        assert asked(port, "POST", visitor.step(number), said).status == 302
