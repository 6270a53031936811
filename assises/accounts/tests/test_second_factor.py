"""The second factor, where it is required: set up at the first login, asked for at the next, the last one stays."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from assises.testing import PASSWORD, make_member, make_prefecture

pytestmark = pytest.mark.django_db
SET_UP = "/compte/second-facteur/application/"
PERIOD_SECONDS = 30


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def member():
    return make_member(make_prefecture("02"), "agent")


def log_in(client, person):
    return client.post("/compte/connexion/", {"login": person.email, "password": PASSWORD})


def code(secret):
    """The code of this half minute: still good if the next one begins meanwhile."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD_SECONDS))


def set_up(client):
    """What the person does: reads the key in the page, types the code that their phone shows."""
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page)[1]
    return client.post(SET_UP, {"code": code(secret)}), secret


def test_a_member_without_one_is_led_to_set_it_up_and_no_further(member):
    client = Client()
    log_in(client, member)
    for path in ("/aisne/prefecture/", "/aisne/prefecture/equipe/"):
        assert client.get(path).url == "/compte/second-facteur/"
    assert "Activer une application de codes" in client.get("/compte/second-facteur/").content.decode()


def test_the_password_just_given_is_not_asked_again(member):
    client = Client()
    log_in(client, member)
    assert client.get(SET_UP).status_code == 200


def test_a_login_of_some_time_ago_is_confirmed_first(member, settings):
    """The negative control: whoever finds an open session cannot add a factor of their own."""
    client = Client()
    log_in(client, member)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    assert client.get(SET_UP).url.startswith("/compte/confirmation/")


def test_after_setting_it_up_recovery_codes_are_shown_once_and_work_begins(member):
    client = Client()
    log_in(client, member)
    response, _ = set_up(client)
    assert response.url == "/compte/second-facteur/codes/"
    first, second = (client.get(response.url).content.decode() for _ in range(2))
    assert re.search(r"\b[a-f0-9]{8}\b|\b\d{8}\b", first)
    assert "****" not in first
    assert "ne s’affichent qu’une fois" in second
    assert client.get("/aisne/prefecture/").status_code == 200


def test_the_next_login_asks_for_the_code(member):
    client = Client()
    log_in(client, member)
    _, secret = set_up(client)
    client.post("/compte/deconnexion/")
    other = Client()
    assert log_in(other, member).url == "/compte/connexion/second-facteur/"
    assert other.get("/aisne/prefecture/").status_code == 302
    response = other.post("/compte/connexion/second-facteur/", {"code": "000000"})
    assert response.status_code == 200
    assert "Ce code ne convient pas" in response.content.decode()
    later = next_code(secret)
    assert other.post("/compte/connexion/second-facteur/", {"code": later}).status_code == 302
    assert other.get("/aisne/prefecture/").status_code == 200


def next_code(secret):
    """The code of the setting-up has served; the following one is accepted a little early."""
    counter = int(time.time()) // PERIOD_SECONDS + 1
    return format_hotp_value(hotp_value(secret, counter))


def test_a_recovery_code_replaces_the_phone_once(member):
    client = Client()
    log_in(client, member)
    set_up(client)
    rescue = Authenticator.objects.get(user=member, type="recovery_codes").wrap().get_unused_codes()[0]
    other, third = Client(), Client()
    log_in(other, member)
    assert other.post("/compte/connexion/second-facteur/", {"code": rescue}).status_code == 302
    assert other.get("/aisne/prefecture/").status_code == 200
    log_in(third, member)
    assert third.post("/compte/connexion/second-facteur/", {"code": rescue}).status_code == 200


def test_the_last_factor_cannot_be_removed(member):
    client = Client()
    log_in(client, member)
    set_up(client)
    page = client.post("/compte/second-facteur/application/retirer/").content.decode()
    assert "C’est votre seul second facteur" in page
    assert Authenticator.objects.filter(user=member, type="totp").exists()


def test_the_last_key_cannot_be_removed_either(member):
    """allauth asks its adapter about applications only; our own view asks about keys."""
    client = Client()
    log_in(client, member)
    key = Authenticator.objects.create(user=member, type="webauthn", data={"name": "Clé"})
    response = client.post(f"/compte/second-facteur/cles/{key.pk}/retirer/")
    assert response.url == "/compte/second-facteur/cles/"
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_one_of_two_factors_can_be_removed(member):
    client = Client()
    log_in(client, member)
    key = Authenticator.objects.create(user=member, type="webauthn", data={"name": "Clé"})
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    client.post(f"/compte/second-facteur/cles/{key.pk}/retirer/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_somebody_elses_key_is_an_unknown_page(member):
    key = Authenticator.objects.create(user=make_member(make_prefecture("03"), "agent"), type="webauthn", data={})
    client = Client()
    log_in(client, member)
    assert client.post(f"/compte/second-facteur/cles/{key.pk}/retirer/").status_code == 404


def test_where_it_is_not_required_the_last_one_can_go(member, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()
    log_in(client, member)
    set_up(client)
    client.post("/compte/second-facteur/application/retirer/")
    assert not Authenticator.objects.filter(user=member, type="totp").exists()
