"""The prefecture's pages: who reads, who signs, what a refusal says."""

import time
from urllib.parse import unquote

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import override_settings

from assises.accounts.models import Delegation, Membership
from assises.jobs.run import run_routine
from assises.tenancy.context import as_prefecture
from assises.testing import PASSWORD, make_open_consultation, make_prefecture, statements
from syntheses.build import FIRST
from syntheses.models import Build
from syntheses.tests.building import (
    ANSWERS,
    address,
    answered,
    built,
    closed_consultation,
    documents,
    said,
    staff,
    stored,
    transmitted,
    validated,
)

pytestmark = pytest.mark.django_db
BODY = {"version": "1"}


@pytest.fixture
def synthesis():
    consultation = closed_consultation()
    said(consultation, answers=ANSWERS, finding="On ne voit plus <b>personne</b>")
    return built(consultation=consultation)


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("role", ["agent", "editor", "administrator", "prefect"])
def test_the_whole_team_reads(synthesis, role):
    page = text(staff("02", role).get(address(synthesis)))
    assert "Version 1" in page
    assert "Ce n’est pas un sondage" in page
    assert ("Valider la version 1" in page) is (role == "prefect")
    assert ("Demander une nouvelle version" in page) is (role in {"editor", "prefect"})


def test_the_list_leads_to_it(synthesis):
    page = text(staff("02", "agent").get("/aisne/prefecture/syntheses/"))
    assert address(synthesis) in page
    assert "En rédaction" in page


def test_the_page_of_a_version_shows_peoples_words_as_text(synthesis):
    page = text(staff("02", "agent").get(address(synthesis, "versions", "1")))
    assert "On ne voit plus &lt;b&gt;personne&lt;/b&gt;" in page


def test_a_version_is_downloaded_whole_under_its_name(synthesis):
    answer = staff("02", "agent").get(address(synthesis, "versions", "1", "pdf"))
    assert answer.content == bytes(documents(synthesis)[0].content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{documents(synthesis)[0].name}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.streaming


@pytest.mark.parametrize("rest", [(), ("versions", "1"), ("versions", "1", "pdf"), ("valider",), ("transmettre",)])
def test_another_departments_synthesis_is_unknown(synthesis, rest):
    outsider = staff("03", "prefect", signs=True)
    there = address(synthesis, *rest).replace("/aisne/", "/allier/")
    assert outsider.get(there).status_code == 404
    assert outsider.get(address(synthesis, *rest)).status_code == 404


def test_an_unknown_version_is_unknown(synthesis):
    assert staff("02", "agent").get(address(synthesis, "versions", "9", "pdf")).status_code == 404


def test_the_prefect_is_asked_again_who_is_there_before_validating(synthesis):
    prefect = staff("02", "prefect")
    answer = prefect.get(address(synthesis, "valider"))
    assert answer.status_code == 302
    assert unquote(answer.url) == f"/compte/confirmation/?next={address(synthesis, 'valider')}"
    back = prefect.post(answer.url, {"password": PASSWORD, "next": address(synthesis, "valider")})
    assert back.url == address(synthesis, "valider")
    assert "Vous engagez la préfecture" in text(prefect.get(back.url))


@pytest.mark.parametrize("act", ["valider", "transmettre"])
def test_a_post_that_was_not_signed_changes_nothing(synthesis, act):
    if act == "transmettre":
        validated(synthesis)
    before = stored(synthesis.consultation).state
    answer = staff("02", "prefect").post(address(synthesis, act), BODY)
    assert answer.url.startswith("/compte/confirmation/")
    assert stored(synthesis.consultation).state == before


def test_a_signature_of_long_ago_is_asked_for_again(synthesis):
    prefect = staff("02", "prefect", signs=True)
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=0):
        assert prefect.get(address(synthesis, "valider")).status_code == 302


def test_whoever_has_a_second_factor_signs_with_it_and_not_with_the_password(synthesis):
    prefect = staff("02", "prefect", signs=True)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(prefect.person, secret)
    answer = prefect.get(address(synthesis, "valider"))
    assert answer.url.startswith("/compte/second-facteur/confirmation/")
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    prefect.post(answer.url, {"code": code})
    assert prefect.get(address(synthesis, "valider")).status_code == 200


def test_the_prefect_validates_then_transmits(synthesis):
    prefect = staff("02", "prefect", signs=True)
    page = text(prefect.post(address(synthesis, "valider"), BODY, follow=True))
    assert "La version 1 est validée" in page
    assert "Transmettre au ministère" in page
    page = text(prefect.post(address(synthesis, "transmettre"), follow=True))
    assert "La synthèse est transmise au ministère" in page
    assert stored(synthesis.consultation).state == "transmitted"


@pytest.mark.parametrize("role", ["agent", "editor", "administrator"])
@pytest.mark.parametrize("act", ["valider", "transmettre", "reprendre"])
def test_nobody_else_signs(synthesis, role, act):
    assert staff("02", role, signs=True).post(address(synthesis, act), BODY).status_code == 403


def test_a_delegate_signs_while_the_delegation_lasts(synthesis):
    deputy = staff("02", "editor", signs=True)
    here = make_prefecture("02")
    with as_prefecture(here):
        membership = Membership.objects.get(user=deputy.person)
        Delegation.objects.create(
            prefecture=here,
            given_by=deputy.person,
            given_to=membership,
            starts_on=here.today(),
            ends_on=here.today(),
        )
    deputy.post(address(synthesis, "valider"), BODY)
    assert stored(synthesis.consultation).state == "validated"


@pytest.mark.parametrize(
    ("advance", "act"),
    [
        (validated, "valider"),
        (transmitted, "valider"),
        (transmitted, "transmettre"),
        (transmitted, "reprendre"),
        (lambda s: answered(transmitted(s)), "transmettre"),
        (lambda s: answered(transmitted(s), reason="Revoir."), "valider"),
        (lambda s: s, "transmettre"),
    ],
)
def test_a_move_that_is_not_possible_is_refused_kindly(synthesis, advance, act):
    before = advance(synthesis) and stored(synthesis.consultation).state
    page = text(staff("02", "prefect", signs=True).post(address(synthesis, act), BODY, follow=True))
    assert "notice-warn" in page
    assert stored(synthesis.consultation).state == before


@pytest.mark.parametrize("version", ["2", "", "abc", "-1", "9" * 30])
def test_a_version_that_was_not_read_is_not_validated(synthesis, version):
    page = text(
        staff("02", "prefect", signs=True).post(address(synthesis, "valider"), {"version": version}, follow=True)
    )
    assert "lisez-la avant de valider" in page
    assert stored(synthesis.consultation).state == "draft"


def test_the_reason_of_a_return_is_shown(synthesis):
    answered(transmitted(synthesis), reason="Le thème 2 manque.")
    page = text(staff("02", "editor").get(address(synthesis)))
    assert "Le ministère a renvoyé la synthèse" in page
    assert "Le thème 2 manque." in page
    assert "Demander une nouvelle version" in page


def test_a_new_version_is_asked_for(synthesis):
    page = text(staff("02", "editor").post(address(synthesis, "nouvelle-version"), follow=True))
    assert "La nouvelle version est demandée" in page
    assert "Actualiser" in page
    page = text(staff("02", "editor").post(address(synthesis, "nouvelle-version"), follow=True))
    assert "déjà en préparation" in page


def test_before_closing_the_page_says_when_it_begins():
    consultation = make_open_consultation()
    page = text(staff("02", "agent").get(f"/aisne/prefecture/syntheses/{consultation.campaign.slug}/"))
    assert "La concertation n’est pas close" in page


def test_while_it_is_built_the_page_can_be_refreshed():
    consultation = closed_consultation()
    run_routine(FIRST, "02")
    page = text(staff("02", "agent").get(address(stored(consultation))))
    assert "Actualiser" in page
    assert "<progress" in page


def test_a_version_that_could_not_be_built_says_why(monkeypatch):
    monkeypatch.setattr("syntheses.documents.pdf.pdf", lambda _: 1 / 0)
    synthesis = built()
    page = text(staff("02", "editor").get(address(synthesis)))
    assert "ZeroDivisionError" in page
    with as_prefecture("02"):
        build = Build.objects.get()
        Build.objects.update(given_up_at=build.created_at)
    page = text(staff("02", "editor").get(address(synthesis)))
    assert "n’a pas pu être construite" in page
    assert "Demander une nouvelle version" in page


def test_the_page_asks_the_database_little(synthesis):
    agent = staff("02", "agent")
    agent.get(address(synthesis))
    with statements() as asked:
        agent.get(address(synthesis))
    assert len(asked) <= 16
