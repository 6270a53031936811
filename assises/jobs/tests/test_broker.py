"""With the real broker and a real worker: whichever of the two is lost, what is owed takes effect exactly once."""

import time

import psycopg2
import pytest
from django.db import connection
from django.db.models.functions import Now

from assises.celery import app
from assises.jobs import nudge, run
from assises.jobs.tasks import sweep
from assises.jobs.tests.running import Broker, Worker, forget_connections, free_port, wait_for
from assises.tenancy.context import as_prefecture
from assises.tests.database import owner_connection
from assises.tests.sample.chores import CHORE
from assises.tests.sample.models import Chore, Effect

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


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
