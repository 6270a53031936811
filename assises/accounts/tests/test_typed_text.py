"""Text typed when a session or a form expires is never lost, and never shown to somebody else."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from assises.accounts import typed_text
from assises.accounts.models import Prefecture
from assises.testing import PASSWORD, make_member, make_person, make_prefecture

pytestmark = pytest.mark.django_db
PATH = "/aisne/prefecture/coordonnees/modifier/"
FACTS = {"address": "Adresse longuement réfléchie", "telephone": "03 23 00 00 00"}


@pytest.fixture
def administrator():
    return make_member(make_prefecture("02"), "administrator")


def log_in(client, person):
    return client.post("/compte/connexion/", {"login": person.email, "password": PASSWORD})


def after_expiry(person):
    """A browser in which this person has worked, and whose session is over."""
    client = Client()
    log_in(client, person)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    return client


def test_a_text_posted_after_the_session_ended_waits_behind_the_login(administrator):
    client = after_expiry(administrator)
    response = client.post(PATH, FACTS)
    assert response.url == "/compte/connexion/?next=/compte/reprise/"
    log_in(client, administrator)
    page = client.get("/compte/reprise/").content.decode()
    assert "Adresse longuement réfléchie" in page
    assert f'action="{PATH}"' in page


def test_the_text_is_sent_on_and_then_forgotten(administrator):
    client = after_expiry(administrator)
    client.post(PATH, FACTS)
    log_in(client, administrator)
    (text,) = client.get("/compte/reprise/").context["texts"]
    client.post(text.path, {**dict(text.fields), "texte-repris": text.number})
    assert Prefecture.objects.get(code="02").address == FACTS["address"]
    assert "Aucun texte ne vous attend" in client.get("/compte/reprise/").content.decode()


def test_a_text_that_the_form_refuses_stays_kept(administrator):
    client = after_expiry(administrator)
    client.post(PATH, {**FACTS, "functional_email": "pas une adresse"})
    log_in(client, administrator)
    (text,) = client.get("/compte/reprise/").context["texts"]
    client.post(text.path, {**dict(text.fields), "texte-repris": text.number})
    assert "Adresse longuement réfléchie" in client.get("/compte/reprise/").content.decode()


def test_two_tabs_lose_neither_text(administrator):
    client = after_expiry(administrator)
    client.post(PATH, {**FACTS, "address": "Le premier texte"})
    client.post(PATH, {**FACTS, "address": "Le second texte"})
    log_in(client, administrator)
    page = client.get("/compte/reprise/").content.decode()
    assert "Le premier texte" in page
    assert "Le second texte" in page


def test_somebody_else_on_the_same_browser_sees_nothing(administrator):
    client = after_expiry(administrator)
    client.post(PATH, FACTS)
    log_in(client, make_person("Odile Autre"))
    assert "Adresse longuement" not in client.get("/compte/reprise/").content.decode()


def test_a_text_can_be_dropped(administrator):
    client = after_expiry(administrator)
    client.post(PATH, FACTS)
    log_in(client, administrator)
    (text,) = client.get("/compte/reprise/").context["texts"]
    client.post("/compte/reprise/", {"drop": text.number})
    assert client.get("/compte/reprise/").context["texts"] == []


def test_login_leads_to_the_text_that_waits(administrator):
    client = after_expiry(administrator)
    client.post(PATH, FACTS)
    client.post("/compte/connexion/", {"login": administrator.email, "password": PASSWORD})
    assert client.get("/compte/").url == "/compte/reprise/"


def test_a_browser_that_knows_nobody_is_given_its_text_back_at_once():
    response = Client().post(PATH, FACTS)
    assert response.status_code == 403
    assert "Adresse longuement réfléchie" in response.content.decode()


def test_nothing_typed_means_just_a_login():
    assert Client().post(PATH).url == "/compte/connexion/?next=/"


def test_an_expired_form_gives_the_text_back_with_a_fresh_token(administrator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    response = client.post(PATH, FACTS)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Adresse longuement réfléchie" in page
    client.post(PATH, {**FACTS, "csrfmiddlewaretoken": str(response.context["csrf_token"])})
    assert Prefecture.objects.get(code="02").address == FACTS["address"]


def test_an_expired_form_with_a_password_shows_none_of_it(administrator):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/compte/connexion/", {"login": administrator.email, "password": PASSWORD})
    assert response.url == "/compte/connexion/"
    assert "restée ouverte trop longtemps" in client.get(response.url).content.decode()


def test_passwords_and_codes_are_never_kept(rf, administrator):
    request = rf.post(PATH, {**FACTS, **dict.fromkeys(typed_text.NEVER_KEPT, "secret")})
    request.user, request.session = administrator, {}
    typed_text.keep(request)
    assert "secret" not in str(request.session)


@pytest.mark.parametrize("path", ["//attaquant.example/", "/\\attaquant.example/", "///attaquant.example/"])
def test_a_text_is_never_sent_to_another_site(rf, administrator, path):
    request = rf.post("/", FACTS)
    request.path_info = request.path = path
    request.user, request.session = administrator, {}
    text = typed_text.typed(request)
    assert text is None or urlsplit(urljoin("https://portail.example/", text.path)).netloc == "portail.example"


def test_markup_in_a_text_stays_text(administrator):
    client = after_expiry(administrator)
    client.post(PATH, {**FACTS, "address": "</textarea><script>alert(1)</script>"})
    log_in(client, administrator)
    assert "<script>alert" not in client.get("/compte/reprise/").content.decode()


def test_line_breaks_and_spaces_survive(administrator):
    client = after_expiry(administrator)
    written = "\r\n\r\n  Première ligne\r\nseconde"
    client.post(PATH, {**FACTS, "address": written})
    log_in(client, administrator)
    (text,) = client.get("/compte/reprise/").context["texts"]
    assert dict(text.fields)["address"] == written


def test_a_role_lost_meanwhile_does_not_lose_the_text():
    person = make_member(make_prefecture("02"), "agent")
    client = Client()
    client.force_login(person)
    assert "Votre texte n’est pas perdu" in client.post(PATH, FACTS).content.decode()
    assert "Adresse longuement réfléchie" in client.get("/compte/reprise/").content.decode()
