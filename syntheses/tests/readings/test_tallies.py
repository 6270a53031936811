"""Pages show counted numbers; the ministry sees them but for cells in which somebody could be recognised."""

import pytest

from assises.tenancy.context import as_ministry, as_prefecture, as_public
from contributions.models import Contribution
from syntheses.models import Decision, Idea, Reading, Tally
from syntheses.tests.building import contribution, said_by
from syntheses.tests.readings.read import heard, read, tallies

pytestmark = pytest.mark.django_db
MOTOS = "Les motos font la course devant l’école."


@pytest.fixture
def consultation():
    made = heard(findings=())
    by_forces = [contribution(made, finding=MOTOS, audience="forces", channel="mail")] * 2
    by_others = [contribution(made, finding=MOTOS) for _ in range(6)]
    said_by(made, [*by_forces[:1], *by_others])
    return read(made)


def test_contributions_are_counted_by_what_is_known_of_them(consultation):
    assert tallies(consultation, "channel") == {"mail": 1, "web": 6}
    assert tallies(consultation, "audience") == {"forces": 1, "public": 6}
    assert sum(tallies(consultation, "day").values()) == 7
    assert tallies(consultation, "reading")["passages"] == 7


def test_a_contribution_that_speaks_twice_of_a_theme_is_counted_once_there(consultation):
    (theme,) = {key for key, _ in tallies(consultation, "theme")}
    twice = contribution(consultation, finding=MOTOS, proposal="Installer un radar devant l’école.")
    said_by(consultation, [twice])
    read(consultation)
    assert tallies(consultation, "theme_channel")[theme, "web"] == 7


def test_the_ministry_sees_no_cell_below_five(consultation):
    with as_prefecture("02"):
        cells = Tally.objects.filter(about="theme_audience")
        assert sorted(cells.values_list("other", "number")) == [("forces", 1), ("public", 6)]
    with as_ministry():
        cells = Tally.objects.filter(about="theme_audience")
        assert list(cells.values_list("other", "number")) == [("public", 6)]
        assert Tally.objects.get(about="channel", key="mail").number == 1


def test_the_ministry_and_the_public_reach_nothing_else_of_a_reading(consultation):
    for scope in (as_ministry, as_public):
        with scope():
            assert not any(model.objects.exists() for model in (Reading, Idea, Decision, Contribution))
    with as_public():
        assert not Tally.objects.exists()
    with as_prefecture("02"):  # the negative control: the rows are there
        assert Reading.objects.exists()


def test_another_prefecture_sees_none_of_it(consultation):
    with as_prefecture("03"):
        assert not Tally.objects.exists()
        assert not Idea.objects.exists()
