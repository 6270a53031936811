"""A worker killed while it reads: the next one ends in the same result as an undisturbed run."""

import pytest
from django.db.models.functions import Now

from assises.jobs.run import run_routine
from assises.jobs.tasks import run_owed, sweep
from assises.jobs.tests.test_broker import broker, start_worker, wait_for
from assises.tenancy.context import as_prefecture
from syntheses.models import Analysis
from syntheses.reading.run import READ, UNREAD
from syntheses.tests.building import closed_consultation, contribution, said, said_by
from syntheses.tests.readings.read import analyses, ideas, read, readings
from syntheses.tests.test_kill import Held

__all__ = ["broker", "start_worker"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SAID = ("Personne le soir", "L’accueil est fermé le samedi", "Les motos devant l’école", "La rue n’est pas éclairée")


@pytest.fixture
def consultation():
    made = closed_consultation()
    said_by(made, [contribution(made, finding=f"{SAID[n % 4]}, {n} fois.") for n in range(40)])
    run_routine(UNREAD, "02")
    return made


def result_of(consultation):
    found = [(one.statement_id, one.theme_key, one.idea_key, one.echo_key, one.sure) for one in readings(consultation)]
    return sorted(found), [(idea.key, idea.label, idea.contributions) for idea in ideas(consultation)]


def outputs(consultation):
    return [run.manifest["output"] for run in analyses(consultation) if run.done_at]


@pytest.mark.parametrize("table", ["contributions_statement", "syntheses_reading", "syntheses_tally"])
def test_killed_while_it_takes_or_keeps_it_ends_in_the_same_result(table, consultation, start_worker):
    worker = start_worker()
    with Held(table):
        # Told as after a commit: a sweep would itself wait for the table, to see what the search does not know yet.
        run_owed.apply_async((READ.name, "02", None))
        wait_for(lambda: analyses(consultation)[0].attempts)
        worker.kill()
    assert (readings(consultation), outputs(consultation)) == ([], [])
    said(consultation, finding="Une lettre saisie entre les deux", channel="letter")
    with as_prefecture("02"):
        Analysis.objects.update(due_at=Now())
    start_worker()
    sweep.apply_async()
    wait_for(lambda: outputs(consultation))
    killed, result = outputs(consultation)[:1], result_of(consultation)
    with as_prefecture("02"):
        only = Analysis.objects.order_by("pk").first()
        assert only.attempts >= 2
        Analysis.objects.exclude(pk=only.pk).delete()
        Analysis.objects.filter(pk=only.pk).update(done_at=None, due_at=Now(), manifest={})
    read(consultation)
    assert (outputs(consultation)[:1], result_of(consultation)) == (killed, result)
