"""The editor fixes dates in local time and publishes."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_prefecture
from consultations.models import Consultation
from consultations.steering.launch import launch

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    made = make_campaign(opens_on="2030-01-01", closes_on="2030-12-31", synthesis_due_on="2031-01-31")
    with as_ministry():
        launch(made, [make_prefecture("02"), make_prefecture("987")], actor=make_member(None, "lead"))
    return made


def staff(code, role):
    client = Client()
    client.force_login(make_member(make_prefecture(code), role))
    return client


def dates(opens, closes):
    return {
        "introduction": "Dites-nous.",
        **{f"opens_at_{n}": part for n, part in enumerate(opens.split())},
        **{f"closes_at_{n}": part for n, part in enumerate(closes.split())},
    }


def stored(code):
    with as_prefecture(code):
        return Consultation.objects.get()


@pytest.mark.parametrize(
    ("code", "slug", "closes"),
    [
        ("02", "aisne", datetime(2030, 2, 5, 17, 0, tzinfo=UTC)),
        ("987", "polynesie-francaise", datetime(2030, 2, 6, 4, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_is_that_of_the_departments_clocks(campaign, code, slug, closes):
    address = f"/{slug}/prefecture/concertations/{campaign.slug}/modifier/"
    staff(code, "editor").post(address, dates("2030-01-11 09:00", "2030-02-05 18:00"))
    assert stored(code).closes_at == closes


@pytest.mark.parametrize(
    ("closes", "why"),
    [("2030-03-31 02:30", "n’existe pas"), ("2030-10-27 02:30", "deux fois"), ("2031-01-05 18:00", "se termine le")],
)
def test_an_hour_that_does_not_exist_or_exists_twice_or_comes_too_late_is_refused(campaign, closes, why):
    address = f"/aisne/prefecture/concertations/{campaign.slug}/modifier/"
    page = staff("02", "editor").post(address, dates("2030-01-11 09:00", closes)).content.decode()
    assert "à revoir" in page
    assert why in page
    assert closes.split()[0] in page
    assert stored("02").closes_at is None


def test_closing_before_opening_is_refused_in_words(campaign):
    address = f"/aisne/prefecture/concertations/{campaign.slug}/modifier/"
    page = staff("02", "editor").post(address, dates("2030-02-11 09:00", "2030-02-05 18:00"))
    assert "La clôture doit suivre l’ouverture." in page.content.decode()


def test_it_is_published_once_complete(campaign):
    editor = staff("02", "editor")
    base = f"/aisne/prefecture/concertations/{campaign.slug}/"
    assert "La date de clôture" in editor.post(f"{base}publier/").content.decode()
    editor.post(f"{base}modifier/", dates("2030-01-11 09:00", "2030-02-05 18:00"))
    assert stored("02").state == "draft"
    editor.post(f"{base}publier/")
    assert stored("02").is_published


def test_an_agent_reads_and_does_not_publish(campaign):
    agent = staff("02", "agent")
    base = f"/aisne/prefecture/concertations/{campaign.slug}/"
    assert agent.get(base).status_code == 200
    assert agent.post(f"{base}publier/").status_code == 403


def test_another_departments_consultation_is_unknown(campaign):
    assert staff("03", "editor").get(f"/allier/prefecture/concertations/{campaign.slug}/").status_code == 404


def test_what_is_published_does_not_change_under_the_public(campaign):
    editor = staff("02", "editor")
    base = f"/aisne/prefecture/concertations/{campaign.slug}/"
    editor.post(f"{base}modifier/", dates("2030-01-11 09:00", "2030-02-05 18:00"))
    editor.post(f"{base}publier/")
    before = stored("02").closes_at
    editor.post(f"{base}modifier/", dates("2030-01-11 09:00", "2030-02-06 18:00"))
    assert stored("02").closes_at == before
