"""With the real broker and a real worker: whichever of the two is lost, what is owed takes effect exactly once."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from kombu import pools

from assises.celery import app
from assises.embedded.binaries import find_valkey
from assises.jobs import nudge, run
from assises.jobs.tasks import sweep
from assises.tenancy.context import as_prefecture
from assises.tests.database import owner_connection
from assises.tests.sample.chores import CHORE
from assises.tests.sample.models import Chore, Effect

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE_SECONDS = 20


class Broker:
    """A Valkey of the test's own, which it may stop and start."""

    def __init__(self, port):
        self.port = port
        self.url = f"redis://127.0.0.1:{port}/0"
        self.start()

    def start(self):
        argv = [str(find_valkey().path), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: answers(self.port))

    def stop(self):
        self.process.kill()
        self.process.wait()

    def flush(self):
        with app.connection_for_write(self.url) as made:
            made.default_channel.client.flushall()

    def holds_something(self):
        with app.connection_for_write(self.url) as made:
            return made.default_channel.client.llen("celery") > 0


class Worker:
    """A Celery worker on the test's database and broker."""

    def __init__(self, broker):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-q", "-A", "assises", "worker", "-P", "prefork", "-c", "1"],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": database_url(), "REDIS_URL": broker.url, "DEMO": "1", "TESTING": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def broker(monkeypatch):
    made = Broker(free_port())
    monkeypatch.setattr(nudge, "sender", nudge.Sender())
    monkeypatch.setattr(app.conf, "broker_url", made.url)
    forget_connections()
    yield made
    made.stop()
    forget_connections()


@pytest.fixture
def start_worker(broker):
    workers = []

    def start():
        workers.append(Worker(broker))
        return workers[-1]

    yield start
    for worker in workers:
        if worker.process.poll() is None:
            worker.kill()


def test_a_nudge_reaches_a_worker(start_worker):
    start_worker()
    owe()
    wait_for(lambda: effects() == 1)


def test_a_stopped_broker_does_not_keep_anyone_waiting_and_nothing_is_lost(broker, start_worker):
    broker.stop()
    started = time.monotonic()
    owe()
    assert time.monotonic() - started < 0.5
    assert effects() == 0
    broker.start()
    start_worker()
    sweep.apply_async()
    wait_for(lambda: effects() == 1)


def test_a_flushed_broker_loses_only_nudges(broker, start_worker):
    owe()
    wait_for(broker.holds_something)
    broker.flush()
    start_worker()
    time.sleep(2)
    assert effects() == 0
    sweep.apply_async()
    wait_for(lambda: effects() == 1)


def test_a_worker_killed_in_the_middle_leaves_one_effect_in_the_end(start_worker):
    worker = start_worker()
    chore = owe("long")
    wait_for(lambda: is_being_done(chore))
    worker.kill()
    assert effects() == 0
    make_due(chore)
    start_worker()
    sweep.apply_async()
    wait_for(lambda: effects() == 1)
    with as_prefecture("02"):
        assert Chore.objects.get().attempts >= 2
    time.sleep(1)
    assert effects() == 1


def owe(text="balayer"):
    with as_prefecture("02"):
        chore = Chore.objects.create(prefecture_id="02", text=text)
        run.nudge(CHORE, chore)
    return chore


def effects():
    with as_prefecture("02"):
        return Effect.objects.count()


def make_due(chore):
    """The wait after an attempt, passed by."""
    with as_prefecture("02"):
        Chore.objects.filter(pk=chore.pk).update(due_at=Now())


def is_being_done(chore):
    """Somebody holds the row's lock."""
    owner = owner_connection(connection.settings_dict["NAME"])
    try:
        owner.cursor().execute("SELECT FROM sample_chore WHERE id = %s AND attempts > 0 FOR UPDATE NOWAIT", [chore.pk])
    except psycopg2.errors.LockNotAvailable:
        return True
    finally:
        owner.close()
    return False


def wait_for(is_reached):
    limit = time.monotonic() + PATIENCE_SECONDS
    while not is_reached():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.1)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def forget_connections():
    pools.reset()
    app.amqp.__dict__.pop("_producer_pool", None)
    app.__dict__.pop("_pool", None)
    app._pool = None
    app.amqp._producer_pool = None


def database_url():
    facts = connection.settings_dict
    host, port = quote(facts["HOST"], safe=""), facts["PORT"] or "5432"
    return f"postgres://{facts['USER']}:{quote(facts['PASSWORD'])}@:{port}/{facts['NAME']}?host={host}"
