"""Everything that was received is read, once, by a job that may die anywhere."""

import pytest

from assises.jobs.tasks import run_owed
from assises.tenancy.context import as_prefecture
from syntheses.models import Analysis, Reading
from syntheses.reading.owe import owing
from syntheses.reading.run import READ
from syntheses.tests.building import said
from syntheses.tests.readings.read import analyses, heard, read, readings, tallies

pytestmark = pytest.mark.django_db


def test_every_statement_has_a_reading():
    consultation = read(heard())
    assert sorted(one.statement.text for one in readings(consultation)) == [
        "L’accueil est fermé le samedi.",
        "On ne voit plus personne le soir.",
    ]


def test_what_is_read_is_owed_no_more_and_what_comes_late_is():
    consultation = heard()
    assert [prefecture for prefecture, _, _ in owing()] == ["02"]
    read(consultation)
    assert owing() == []
    said(consultation, finding="Une lettre en retard", channel="letter")
    assert [prefecture for prefecture, _, _ in owing()] == ["02"]
    read(consultation)
    assert len(readings(consultation)) == 3


def test_a_run_delivered_five_times_ends_in_the_same_state():
    consultation = read(heard())
    (run,) = analyses(consultation)
    before = [(one.pk, one.theme_key, one.idea_key) for one in readings(consultation)]
    for _ in range(5):
        run_owed(READ.name, "02", run.pk)
    assert [(one.pk, one.theme_key, one.idea_key) for one in readings(consultation)] == before
    assert tallies(consultation, "state") == {"received": 2, "counted": 2, "replaced": 0, "withdrawn": 0}


def test_two_runs_of_the_same_input_have_the_same_output():
    consultation = read(heard())
    first = analyses(consultation)[0].manifest
    with as_prefecture("02"):
        Reading.objects.of(consultation).delete()
        Analysis.objects.filter(consultation=consultation).delete()
    read(consultation)
    assert analyses(consultation)[0].manifest == first
