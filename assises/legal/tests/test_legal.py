"""What must be said is said, everywhere; and a barrier that somebody reports is never lost."""

import re

import pytest
from django.core.cache import cache

from assises.accounts.models import Prefecture
from assises.legal.operator import operator
from assises.legal.views import REPORTS
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry, as_prefecture, as_public
from assises.testing import make_prefecture

pytestmark = pytest.mark.django_db
NATIONAL = (
    "/donnees-personnelles/", "/mentions-legales/", "/charte-de-moderation/", "/ce-que-disent-les-chiffres/",
    "/accessibilite/", "/accessibilite/signaler/",
)  # fmt: skip
REPORT = "/accessibilite/signaler/"
BARRIER = {
    "page": "Le questionnaire de l’Aisne",
    "problem": "Le bouton n’est pas lu.\nDeux fois.",
    "tools": "Firefox, NVDA",
    "email": "lise@exemple.fr",
}


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


def mails():
    with as_ministry():
        return list(OutboundMail.objects.filter(kind="accessibility_report"))


@pytest.mark.parametrize("path", NATIONAL)
def test_a_legal_page_opens_without_account_or_cookie(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


def test_every_page_leads_to_them(client):
    page = client.get("/mentions-legales/").content.decode()
    for path in NATIONAL[:-1]:
        assert f'href="{path}"' in page


@pytest.mark.parametrize(
    "words",
    [
        "mission d’intérêt public",
        "Qui lit",
        "Combien de temps",
        "code de suivi",
        "www.cnil.fr",
        "Délégué",
        "Préfecture de l’Aisne",
        "2, rue Paul-Doumer",
        "obligatoires",
    ],
)
def test_a_prefectures_notice_says_who_why_who_reads_how_long_and_which_rights(client, words):
    assert words in client.get("/aisne/donnees-personnelles/").content.decode()


def test_a_missing_officer_is_said_to_be_missing_and_the_letter_box_given(client):
    page = client.get("/aisne/donnees-personnelles/").content.decode()
    assert "à compléter par ce service" in page
    assert "02010 Laon Cedex" in page


def test_an_officer_who_is_known_is_named(client):
    with as_prefecture("02"):
        Prefecture.objects.filter(code="02").update(dpo_email="dpo@aisne.invalid")
    page = client.get("/aisne/donnees-personnelles/").content.decode()
    assert 'href="mailto:dpo@aisne.invalid"' in page
    assert "à compléter" not in page.partition("Pourquoi")[0]


def test_every_department_has_its_notice(client):
    slugs = Prefecture.objects.values_list("slug", flat=True)
    assert {client.get(f"/{slug}/donnees-personnelles/").status_code for slug in slugs} == {200}
    assert client.get("/nulle-part/donnees-personnelles/").status_code == 404


def test_what_the_operator_has_not_said_is_shown_as_missing(client, settings):
    assert "À compléter" in client.get("/mentions-legales/").content.decode()
    settings.PUBLISHER, settings.PUBLICATION_DIRECTOR, settings.HOST_OF_SITE = "Ministère d’essai", "Anne", "Hôte"
    page = client.get("/mentions-legales/").content.decode()
    assert "Ministère d’essai" in page
    assert "ompléter" not in page


def test_the_declaration_does_not_pretend(client):
    page = client.get("/accessibilite/").content.decode()
    assert "Non conforme." in page
    assert "aucun audit" in page
    assert "Défenseur des droits" in page


# Reporting a barrier


def test_a_report_becomes_a_mail_to_those_who_run_the_portal(client):
    response = client.post(REPORT, BARRIER)
    assert (response.status_code, response.url) == (302, "/accessibilite/signaler/merci/")
    (mail,) = mails()
    assert (mail.to, mail.reply_to) == (operator().accessibility_email, "lise@exemple.fr")
    assert all(said.splitlines()[0] in mail.text for said in BARRIER.values())


def test_only_the_ministry_sees_the_report(client):
    client.post(REPORT, BARRIER)
    with as_public():
        assert not OutboundMail.objects.exists()
    with as_prefecture(make_prefecture("02")):
        assert not OutboundMail.objects.exists()


def test_a_report_needs_no_form_token_so_that_an_old_page_still_sends():
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(REPORT, BARRIER).status_code == 302


def test_a_word_is_enough(client):
    assert client.post(REPORT, {"problem": "Rien ne marche"}).status_code == 302
    assert mails()[0].reply_to == ""


@pytest.mark.parametrize(
    "wrong", [{"problem": ""}, {"email": "lise"}, {"problem": "x" * 4001}, {"email": "a@b.fr\nBcc: c@d.fr"}]
)
def test_what_was_typed_stays_when_something_is_to_be_mended(client, wrong):
    response = client.post(REPORT, {**BARRIER, **wrong})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Firefox, NVDA" in page
    assert "data-focus" in page
    assert mails() == []


def test_too_many_reports_are_slowed_and_nothing_typed_is_lost(client):
    most = int(REPORTS["accessibility_report"].partition("/")[0])
    for _ in range(most):
        assert client.post(REPORT, BARRIER).status_code == 302
    response = client.post(REPORT, {**BARRIER, "problem": "Encore un problème"})
    assert response.status_code == 429
    assert "Encore un problème" in response.content.decode()
    assert operator().accessibility_email in response.content.decode()
    assert len(mails()) == most
    other = client.post(REPORT, BARRIER, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302


def test_the_counter_keeps_no_network_address(client):
    from django.db import connection

    client.post(REPORT, BARRIER, REMOTE_ADDR="203.0.113.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key || value, ' ') FROM assises_cache")
        kept = cursor.fetchone()[0]
    assert kept
    assert "203.0.113.77" not in kept


def test_a_robot_is_thanked_and_not_heard(client):
    response = client.post(REPORT, {**BARRIER, "website": "https://spam.invalid"})
    assert response.status_code == 302
    assert mails() == []


def test_the_trap_is_out_of_sight_and_out_of_reach(client):
    page = client.get(REPORT).content.decode()
    assert re.search(r'class="unseen" aria-hidden="true">.*?name="website" tabindex="-1"', page, re.DOTALL)


def test_a_link_may_name_the_page_that_is_meant(client):
    assert 'value="/aisne/"' in client.get(REPORT, {"page": "/aisne/"}).content.decode()
