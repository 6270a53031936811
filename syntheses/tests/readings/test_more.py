"""A burst does not rerun everything: what is new is read against what is known."""

import pytest

from assises import clock
from assises.tenancy.context import as_prefecture
from contributions.erase import erase
from contributions.models import Contribution
from syntheses.reading import owe
from syntheses.tests.building import said
from syntheses.tests.readings.read import analyses, heard, ideas, read, reading_of, readings, tallies

pytestmark = pytest.mark.django_db
MOTOS = "Les motos font la course devant l’école."


@pytest.fixture
def open_and_large(monkeypatch):
    """Read once as a whole; taken for open and for too large to be read whole at each burst."""
    monkeypatch.setattr(owe, "SMALL", 0)
    monkeypatch.setattr(owe, "GROWTH", 1)
    monkeypatch.setattr(owe.Consultation, "has_closed_at", lambda *_: False)
    return read(heard(findings=(MOTOS, MOTOS, "L’accueil est fermé le samedi.", "Personne le soir.")))


def extents(consultation):
    return [run.extent for run in analyses(consultation)]


def test_what_is_new_is_read_and_counted_without_reading_the_rest_again(open_and_large):
    before = {one.statement_id: one.pk for one in readings(open_and_large)}
    said(open_and_large, finding="Toujours ces motos qui font la course devant l’école.")
    read(open_and_large)
    assert extents(open_and_large) == ["whole", "new"]
    after = {one.statement_id: one.pk for one in readings(open_and_large)}
    assert len(after) == 5
    assert after.items() >= before.items()
    assert tallies(open_and_large, "state")["counted"] == 5


def test_what_says_the_same_joins_its_idea_which_is_counted_again(open_and_large):
    key = reading_of(open_and_large, "motos").idea_key
    (before,) = [idea for idea in ideas(open_and_large) if idea.key == key]
    said(open_and_large, finding=MOTOS)
    read(open_and_large)
    (after,) = [idea for idea in ideas(open_and_large) if idea.key == key]
    assert (before.contributions, after.contributions) == (2, 3)
    assert after.label == before.label


def test_growth_asks_for_a_whole_reading(open_and_large, monkeypatch):
    for number in range(5):
        said(open_and_large, finding=f"Encore un constat, le {number}e.")
    read(open_and_large)
    assert extents(open_and_large) == ["whole", "whole"]


def test_a_withdrawal_asks_for_a_whole_reading_that_leaves_no_word_behind(open_and_large):
    with as_prefecture("02"):
        for one in Contribution.objects.filter(statements__text=MOTOS):
            erase(one, clock.now())
    read(open_and_large)
    assert extents(open_and_large) == ["whole", "whole"]
    assert not any("motos" in idea.label for idea in ideas(open_and_large))
    assert not any("moto" in str(run.memory) for run in analyses(open_and_large))


def test_the_end_of_the_concertation_asks_for_a_whole_reading(monkeypatch):
    monkeypatch.setattr(owe, "SMALL", 0)
    consultation = read(heard())
    said(consultation, finding="Une lettre en retard", channel="letter")
    read(consultation)
    assert extents(consultation) == ["whole", "whole"]
