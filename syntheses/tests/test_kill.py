"""A worker killed while it builds a synthesis: the next one makes one version, with the bytes of an undisturbed run."""

import psycopg2
import pytest
from django.db import connection
from django.db.models.functions import Now

from assises.jobs.run import run_due, run_routine
from assises.jobs.tasks import run_owed, sweep
from assises.jobs.tests.test_broker import broker, start_worker, wait_for
from assises.tenancy.context import as_prefecture
from assises.tests.database import owner_connection
from syntheses import figures
from syntheses.build import BUILD, FIRST
from syntheses.compose import compose
from syntheses.documents.pdf import pdf
from syntheses.models import Build, Document
from syntheses.tests.building import ANSWERS, closed_consultation, contribution, said, said_by

__all__ = ["broker", "start_worker"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Held:
    """A table that nobody else may touch: whoever needs it waits, as long as the block lasts."""

    def __init__(self, table):
        self.table = table

    def __enter__(self):
        self.owner = owner_connection(connection.settings_dict["NAME"])
        self.owner.autocommit = False
        self.owner.cursor().execute(f"LOCK TABLE {self.table} IN ACCESS EXCLUSIVE MODE")

    def __exit__(self, *_):
        self.owner.rollback()
        self.owner.close()


@pytest.fixture
def build():
    """What is owed after a consultation with something in it."""
    consultation = closed_consultation()
    said_by(consultation, [contribution(consultation, ANSWERS, finding=f"Constat {n}") for n in range(30)])
    run_routine(FIRST, "02")
    with as_prefecture("02"):
        return Build.objects.select_related("synthesis__consultation__campaign").get()


def undisturbed(build):
    """What a worker that nobody kills would store."""
    with as_prefecture("02"):
        return pdf(compose(build, figures.gather(build.synthesis.consultation, build.figures_at)).as_data())


def stored():
    with as_prefecture("02"):
        return [bytes(document.content) for document in Document.objects.all()]


def is_being_done(build):
    """Somebody holds the row's lock."""
    owner = owner_connection(connection.settings_dict["NAME"])
    try:
        owner.cursor().execute(
            "SELECT FROM syntheses_build WHERE id = %s AND attempts > 0 FOR UPDATE NOWAIT", [build.pk]
        )
    except psycopg2.errors.LockNotAvailable:
        return True
    finally:
        owner.close()
    return False


def kill_while_waiting_for(table, build, start_worker):
    worker = start_worker()
    with Held(table):
        # Told as after a commit: a sweep would itself wait for the table, to see what the search does not know yet.
        run_owed.apply_async((BUILD.name, "02", None))
        wait_for(lambda: is_being_done(build))
        worker.kill()


def make_due(build):
    with as_prefecture("02"):
        Build.objects.filter(pk=build.pk).update(due_at=Now())


@pytest.mark.parametrize("table", ["contributions_statement", "syntheses_document"])
def test_killed_while_it_counts_or_while_it_writes_it_ends_in_the_same_bytes(table, build, start_worker):
    expected = undisturbed(build)
    kill_while_waiting_for(table, build, start_worker)
    assert stored() == []
    said(build.synthesis.consultation, finding="Une lettre saisie entre les deux", channel="letter")
    make_due(build)
    start_worker()
    sweep.apply_async()
    wait_for(stored)
    assert stored() == [expected]
    with as_prefecture("02"):
        assert Build.objects.get().attempts >= 2


def test_without_the_moment_of_the_figures_the_bytes_would_differ(build, monkeypatch):
    """The negative control: the letter that came in between would be counted by the second run."""
    expected = undisturbed(build)
    said(build.synthesis.consultation, finding="Une lettre saisie entre les deux", channel="letter")
    recorded = figures.recorded
    with as_prefecture("02"):
        later = build.figures_at.replace(year=build.figures_at.year + 1)
    monkeypatch.setattr(figures, "recorded", lambda consultation, _: recorded(consultation, later))
    run_due(BUILD, "02")
    assert stored() != [expected]


def test_the_worker_really_dies(build, start_worker):
    """The negative control of the kill: without a second worker nothing is ever made."""
    kill_while_waiting_for("syntheses_document", build, start_worker)
    with as_prefecture("02"):
        left = Build.objects.get()
        assert (left.attempts, left.done_at) == (1, None)
    assert stored() == []
