"""The pages that anyone opens: one department, its address, the search, and what they weigh."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import resolve

from assises import clock
from assises.accounts.models import Prefecture
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_open_consultation, make_prefecture, statements
from consultations.models import Consultation
from syntheses.milestones import Life, in_order
from syntheses.tests import building
from syntheses.tests.reading import HOUR, stand, text_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def campaign():
    return make_campaign(themes=0, closes_on="2034-01-01")


# One department


def test_a_department_says_until_when_in_its_own_time(client, campaign):
    make_open_consultation(make_prefecture("974"), closes_at=datetime(2033, 2, 4, 14, 0, tzinfo=UTC), campaign=campaign)
    said = text_of(client.get("/la-reunion/"))
    assert "La concertation de La Réunion" in said
    assert "jusqu’au vendredi 4 février 2033 à 18 h" in said
    assert "Heure de La Réunion." in said
    assert "Répondre en ligne" in said


def test_what_ends_at_midnight_is_said_to_end_the_day_before(client, campaign):
    make_open_consultation(closes_at=datetime(2033, 2, 4, 23, 0, tzinfo=UTC), campaign=campaign)
    assert "jusqu’au vendredi 4 février 2033 à minuit" in text_of(client.get("/aisne/"))


@pytest.mark.parametrize(
    ("hours", "words"), [(1, "C’est le dernier jour."), (14, "Il reste un jour."), (24 * 9, "Il reste 9 jours.")]
)
def test_days_left_are_those_of_the_local_calendar(campaign, hours, words):
    moment = datetime(2033, 2, 4, 14, 0, tzinfo=UTC)
    row = Consultation(campaign=campaign, state="published", opens_at=moment - DAY, closes_at=moment + hours * HOUR)
    row.transmitted_at = None
    assert Life(row, moment, make_prefecture("02").zone).left == words


def test_a_department_offers_the_questionnaire_only_while_it_is_open(client, campaign):
    made = stand(campaign, "02", opens=-1, closes=1)
    assert made.get_absolute_url() in client.get("/aisne/").content.decode()
    with as_prefecture("02"):
        Consultation.objects.update(closes_at=clock.now())
    page = client.get("/aisne/").content.decode()
    assert made.get_absolute_url() not in page
    assert "Close, synthèse en cours" in page


def test_a_department_where_nothing_is_open_says_so_kindly_and_who_to_ask(client):
    said = text_of(client.get("/aisne/"))
    assert "Aucune concertation n’est ouverte ici en ce moment." in said
    assert "2, rue Paul-Doumer 02010 Laon Cedex" in said
    assert "03 23 21 82 82" in said


def test_a_department_tells_what_became_of_the_past(client, campaign):
    synthesis = building.transmitted(building.built("03"))
    stand(campaign, "03", opens=-1, closes=1)
    said = text_of(client.get("/allier/"))
    assert "Les concertations passées" in said
    assert f"{synthesis.consultation.campaign.title} Synthèse transmise" in said
    assert "Synthèse transmise au ministère le" in said


def test_a_synthesis_that_is_late_is_said_to_be_awaited(client):
    old = make_campaign(themes=0, opens_on="2020-01-01", closes_on="2020-01-19", synthesis_due_on="2020-01-27")
    stand(old, "47", opens=-9000, closes=-8000)
    said = text_of(client.get("/lot-et-garonne/"))
    assert "La synthèse était attendue le lundi 27 janvier 2020. Elle n’a pas encore été transmise" in said
    assert "synthèse en cours" not in said


def test_what_closes_soonest_comes_first():
    moment = datetime(2033, 2, 4, 14, 0, tzinfo=UTC)

    def life(name, opens, closes):
        row = Consultation(introduction=name, state="published", opens_at=moment + opens, closes_at=moment + closes)
        row.transmitted_at = None
        return Life(row, moment, make_prefecture("02").zone)

    lives = [
        life("old", -9 * DAY, -8 * DAY),
        life("next", DAY, 2 * DAY),
        life("last", -9 * DAY, -DAY),
        life("long", -DAY, 5 * DAY),
        life("short", -DAY, DAY),
    ]
    assert [life.consultation.introduction for life in in_order(lives)] == ["short", "long", "next", "last", "old"]


# Addresses, weight, statements


@pytest.mark.parametrize(
    ("code", "slug"), [("47", "lot-et-garonne"), ("2a", "corse-du-sud"), ("2B", "haute-corse"), ("974", "la-reunion")]
)
def test_a_code_is_an_address_for_ever(client, code, slug):
    response = client.get(f"/{code}/")
    assert (response.status_code, response.url) == (301, f"/{slug}/")


@pytest.mark.parametrize("path", ["/99/", "/2c/", "/047/", "/47abc/", "/nulle-part/"])
def test_an_unknown_code_is_an_unknown_page(client, path):
    response = client.get(path)
    assert (response.status_code, response.content) == (404, client.get("/rien/").content)


def test_no_department_has_the_address_of_a_page():
    slugs = Prefecture.objects.values_list("slug", flat=True)
    assert {resolve(f"/{slug}/").url_name for slug in slugs} == {"departement"}


def test_search_leads_to_the_department(client):
    response = client.get("/recherche/", {"lieu": "47000"})
    assert (response.status_code, response.url) == (302, "/lot-et-garonne/")


def test_search_tells_communes_apart_and_escapes_what_was_typed(client):
    said = text_of(client.get("/recherche/", {"lieu": "saint-denis"}))
    assert "Saint-Denis, Seine-Saint-Denis (93) 93200" in said
    assert "Saint-Denis, La Réunion (974) 97400" in said
    page = client.get("/recherche/", {"lieu": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "Rien ne porte exactement ce nom" in page


def test_search_that_finds_nothing_offers_every_department(client):
    page = client.get("/recherche/", {"lieu": "qzxqzx"}).content.decode()
    assert all(f'href="/{slug}/"' in page for slug in Prefecture.objects.values_list("slug", flat=True))


def test_pages_ask_the_database_little(client, campaign):
    for code in ("02", "03", "04", "974", "987"):
        stand(campaign, code, opens=-1, closes=1)
    building.transmitted(building.built("02"))
    asked = {}
    for path in ("/", "/departements/", "/aisne/"):
        with statements() as said:
            client.get(path)
        asked[path] = len(said)
    assert asked == {"/": 3, "/departements/": 3, "/aisne/": 6}


def test_public_pages_set_no_cookie_and_may_be_compressed(client, campaign):
    stand(campaign, "02", opens=-1, closes=1)
    for path in ("/", "/departements/", "/aisne/", "/recherche/?lieu=x"):
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert not response.cookies
        assert (
            "csrfmiddlewaretoken"
            not in (
                gzip.decompress(response.content) if response.get("Content-Encoding") else response.content
            ).decode()
        )
    assert client.get("/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_home_is_light_with_everything_it_loads(client, campaign, settings):
    for prefecture in Prefecture.objects.all():
        stand(campaign, prefecture.code, opens=-1, closes=1)
    page = client.get("/").content
    files = re.findall(rb'(?:href|src)="/static/([^"]+)"', page)
    loaded = [Path(settings.BASE_DIR, "static", name.decode()).read_bytes() for name in files]
    loaded.append(Path(settings.FONTS, "Caladea-Regular.ttf").read_bytes())
    assert sum(len(gzip.compress(content)) for content in (page, *loaded)) <= 60_000
