"""Where each department stands, by the database’s clock: the same on the map, in the legend and in the list."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assises import clock
from assises.accounts.models import Prefecture
from assises.tenancy.context import as_ministry, as_prefecture, as_public
from assises.testing import make_campaign, make_member, make_prefecture
from consultations.models import Campaign, Consultation
from consultations.steering.launch import launch
from syntheses.country import (
    CLOSED,
    OPEN,
    STANDINGS,
    TO_COME,
    TRANSMITTED,
    Country,
    Place,
    country_at,
    standing_of,
)
from syntheses.france import contours, draw
from syntheses.tests import building
from syntheses.tests.reading import HOUR, LOOKS, in_the_legend, in_the_list, on_the_map, stand, text_of

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def campaign():
    return make_campaign(themes=0, closes_on="2034-01-01")


def test_every_department_is_in_map_legend_and_list_with_the_same_state(client, campaign):
    stand(campaign, "02", opens=-1, closes=1)
    stand(campaign, "974", opens=-1, closes=30)
    stand(campaign, "23", opens=1, closes=30)
    stand(campaign, "47", opens=-9, closes=-1)
    building.transmitted(building.built("03"))
    home, listing = client.get("/").content.decode(), client.get("/departements/").content.decode()
    drawn, listed = on_the_map(home), in_the_list(listing)
    assert drawn == listed
    assert set(drawn) == set(Prefecture.objects.values_list("name", flat=True))
    counted = {standing.plural: list(drawn.values()).count(standing) for standing in STANDINGS}
    assert in_the_legend(home) == in_the_legend(listing) == counted
    assert {name for name, standing in drawn.items() if standing is OPEN} == {"Aisne", "La Réunion"}
    assert [drawn[name] for name in ("Creuse", "Lot-et-Garonne", "Allier")] == [TO_COME, CLOSED, TRANSMITTED]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=st.randoms(use_true_random=False))
def test_whatever_the_states_the_drawing_and_the_counts_agree(choice):
    places = [Place(prefecture, choice.choice(STANDINGS)) for prefecture in Prefecture.objects.all()]
    drawn = draw(Country(datetime(2027, 2, 5, 17, tzinfo=UTC), places, []))
    looks = {area["name"]: LOOKS[area["look"]] for area in drawn["areas"]}
    assert looks == {place.prefecture.name: place.standing for place in places}
    counted = {entry["label"]: entry["number"] for entry in drawn["legend"]}
    assert counted == {standing.plural: list(looks.values()).count(standing) for standing in STANDINGS}
    assert sum(counted.values()) == len(places)


def test_every_department_has_a_contour_and_no_contour_is_nobodys():
    assert set(contours()["areas"]) == set(Prefecture.objects.values_list("code", flat=True))


def test_contours_are_whole_coordinates_within_their_frame():
    drawn = contours()
    for path in drawn["areas"].values():
        assert re.fullmatch(r"[Mlhvz\d\s-]+", path)
    assert drawn["lens"]["r"] > drawn["ring"]["r"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    opens=st.integers(-5, 5),
    lasts=st.integers(1, 5),
    is_transmitted=st.booleans(),
)
def test_a_concertation_is_in_one_state_at_a_time_and_the_queries_agree(opens, lasts, is_transmitted):
    moment = datetime(2027, 2, 5, 17, tzinfo=UTC)
    row = Consultation(state="published", opens_at=moment + opens * SECOND, closes_at=moment + (opens + lasts) * SECOND)
    row.transmitted_at = moment if is_transmitted else None
    standing = standing_of(row, moment)
    assert (standing is OPEN) == row.is_open_at(moment)
    assert (standing in {CLOSED, TRANSMITTED}) == row.has_closed_at(moment)
    assert (standing is TO_COME) == (moment < row.opens_at)


@pytest.mark.parametrize(
    ("edge", "offset", "standing"),
    [
        ("opens_at", -SECOND, TO_COME),
        ("opens_at", 0 * SECOND, OPEN),
        ("closes_at", -SECOND, OPEN),
        ("closes_at", 0 * SECOND, CLOSED),
        ("closes_at", SECOND, CLOSED),
    ],
)
def test_states_turn_at_the_second(campaign, edge, offset, standing):
    made = stand(campaign, "02", opens=-5, closes=5)
    with as_public():
        country = country_at(getattr(made, edge) + offset)
    assert [place.prefecture.code for place in country.where(standing)] == ["02"]


def test_home_says_what_is_open_and_in_how_many_places(client, campaign):
    stand(campaign, "02", opens=-1, closes=1)
    stand(campaign, "03", opens=-1, closes=1)
    stand(campaign, "987", opens=-1, closes=1)
    said = text_of(client.get("/"))
    assert f"{campaign.title} : concertation ouverte dans 2 départements et 1 collectivité d’outre-mer" in said
    assert "Allier" in said


def test_home_between_two_exercises_announces_the_next_one_with_its_day(client, campaign):
    made = stand(campaign, "974", opens=24 * 40, closes=24 * 50)
    said = text_of(client.get("/"))
    day = made.opens_at.astimezone(made.prefecture.zone)
    assert "Aucune concertation n’est ouverte en ce moment." in said
    assert f"{day.year} : {campaign.title}, dans 1 département." in said


def test_home_with_nothing_at_all_is_kind(client):
    response = client.get("/")
    assert "La prochaine sera annoncée ici" in text_of(response)
    assert in_the_legend(response.content.decode())["Sans concertation"] == Prefecture.objects.count()


def test_an_old_exercise_leaves_the_map_when_a_new_one_is_announced(client):
    old = make_campaign(themes=0, opens_on="2020-01-01", closes_on="2020-01-19", synthesis_due_on="2020-01-27")
    stand(old, "47", opens=-9000, closes=-8000)
    with as_public():
        assert [place.prefecture.code for place in country_at(clock.now()).where(CLOSED)] == ["47"]
    stand(make_campaign(themes=0), "02", opens=5, closes=9)
    with as_public():
        country = country_at(clock.now())
    assert country.where(CLOSED) == []
    assert len(country.where(TO_COME)) == 1


def test_a_synthesis_that_was_returned_is_in_progress_again(client):
    synthesis = building.transmitted(building.built("03"))
    with as_public():
        assert len(country_at(clock.now()).where(TRANSMITTED)) == 1
    building.answered(synthesis, reason="Deux pages manquent.")
    with as_public():
        assert len(country_at(clock.now()).where(CLOSED)) == 1
    assert "Deux pages manquent" not in client.get("/allier/").content.decode()


# Nothing unpublished is shown


@pytest.fixture
def draft():
    with as_ministry():
        campaign = make_campaign(themes=1)
        Campaign.objects.filter(pk=campaign.pk).update(title="Exercice encore secret")
        launch(campaign, [make_prefecture("02")], actor=make_member(None, "lead"))
    with as_prefecture("02"):
        made = Consultation.objects.get()
        made.introduction = "Introduction encore secrète"
        made.opens_at, made.closes_at = clock.now() - HOUR, clock.now() + HOUR
        made.save()
    return made


PAGES = ("/", "/departements/", "/aisne/", "/recherche/?lieu=laon+aisne", "/aisne/donnees-personnelles/")


def test_a_draft_shows_nowhere(client, draft):
    assert [path for path in PAGES if "secr" in client.get(path).content.decode()] == []


def test_the_same_concertation_once_published_shows(client, draft):
    """The negative control of the test above."""
    with as_prefecture("02"):
        draft.state, draft.published_at = "published", clock.now()
        draft.save()
    assert "Exercice encore secret" in client.get("/").content.decode()
    assert "Introduction encore secrète" in client.get("/aisne/").content.decode()


def test_a_withdrawn_concertation_is_gone(client, draft):
    with as_prefecture("02"):
        draft.state, draft.published_at = "withdrawn", clock.now()
        draft.save()
    assert [path for path in PAGES if "secr" in client.get(path).content.decode()] == []


def test_the_public_learns_when_a_synthesis_was_transmitted_and_nothing_more():
    from syntheses.models import Synthesis

    synthesis = building.transmitted(building.built("03"))
    with as_public():
        assert not Synthesis.objects.exists()
        place = next(row for row in country_at(clock.now()).consultations if row.prefecture_id == "03")
    assert place.transmitted_at == synthesis.transmitted_at


def test_a_validated_synthesis_is_not_yet_news():
    building.validated(building.built("03"))
    with as_public():
        assert country_at(clock.now()).where(TRANSMITTED) == []
