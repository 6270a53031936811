"""Logging in: slowed but never barred, back to where one was going and nowhere else, mail through the outbox."""

import re
import time

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client, RequestFactory

from assises.accounts.adapter import AccountAdapter
from assises.accounts.known_browser import LAST_PERSON_COOKIE, last_person
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry
from assises.testing import PASSWORD, make_member, make_person, make_prefecture

pytestmark = pytest.mark.django_db
LOGIN = "/compte/connexion/"


@pytest.fixture
def member():
    return make_member(make_prefecture("02"), "agent")


@pytest.fixture(autouse=True)
def light_hashes(settings):
    """Wrong passwords are hashed too; here that need not take its time."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]


def try_to_log_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more}, REMOTE_ADDR=more.get("ip", "192.0.2.1"))


def hammer(email, times=6, ip="198.51.100.7"):
    client = Client()
    for _ in range(times):
        last = try_to_log_in(client, email, "faux mot de passe", ip=ip)
    return last


def test_a_member_lands_on_their_own_home(member):
    client = Client()
    response = try_to_log_in(client, member.email)
    assert response.url == "/compte/"
    assert client.get("/compte/").url == "/aisne/prefecture/"


def test_the_address_may_be_written_in_capitals(member):
    assert try_to_log_in(Client(), member.email.upper()).status_code == 302


def test_a_wrong_password_is_refused_in_french(member):
    page = try_to_log_in(Client(), member.email, "faux mot de passe").content.decode()
    assert "L’adresse ou le mot de passe ne convient pas" in page


def test_an_unknown_address_is_refused_in_the_same_words(member):
    def without_what_was_typed(response, email):
        return re.sub(r'value="[^"]*"', "", response.content.decode().replace(email, ""))

    wrong = try_to_log_in(Client(), member.email, "faux mot de passe")
    unknown = try_to_log_in(Client(), "inconnu@essai.invalid", "faux mot de passe")
    assert without_what_was_typed(wrong, member.email) == without_what_was_typed(unknown, "inconnu@essai.invalid")


def test_too_many_attempts_are_told_to_wait(member):
    assert "Attendez cinq minutes" in hammer(member.email).content.decode()


def test_an_attacker_does_not_keep_somebody_out_of_their_own_browser(member):
    client = Client()
    try_to_log_in(client, member.email)
    client.post("/compte/deconnexion/")
    hammer(member.email)
    assert try_to_log_in(client, member.email).status_code == 302


def test_without_the_cookie_of_that_browser_one_waits(member):
    """The negative control of the test above."""
    client = Client()
    try_to_log_in(client, member.email)
    client.post("/compte/deconnexion/")
    del client.cookies[LAST_PERSON_COOKIE]
    hammer(member.email)
    assert try_to_log_in(client, member.email).status_code == 200


def test_an_attacker_on_the_same_network_does_not_keep_somebody_out_of_their_own_browser(member):
    client = Client()
    try_to_log_in(client, member.email)
    client.post("/compte/deconnexion/")
    for number in range(30):
        hammer(f"{number}@essai.invalid", times=1, ip="192.0.2.1")
    assert try_to_log_in(client, member.email).status_code == 302


def test_a_forged_cookie_opens_no_count_of_its_own(member):
    client = Client()
    client.cookies[LAST_PERSON_COOKIE] = f'[["{member.pk}", "abc"]]'
    hammer(member.email)
    assert try_to_log_in(client, member.email).status_code == 200


def test_a_known_browser_is_slowed_too(member):
    client = Client()
    try_to_log_in(client, member.email)
    client.post("/compte/deconnexion/")
    for _ in range(5):
        try_to_log_in(client, member.email, "faux mot de passe")
    assert try_to_log_in(client, member.email).status_code == 200


def test_the_pause_ends_by_itself_though_attempts_go_on(member, monkeypatch):
    hammer(member.email, times=40)
    later = time.time() + 301
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    assert try_to_log_in(Client(), member.email).status_code == 302


def test_a_new_password_ends_the_pause(member):
    hammer(member.email)
    client = Client()
    set_a_new_password(client, member)
    assert try_to_log_in(client, member.email, "une autre phrase longue").status_code == 302


def set_a_new_password(client, person):
    client.post("/compte/mot-de-passe/oublie/", {"email": person.email})
    with as_ministry():
        text = OutboundMail.objects.get(kind="password_reset_key").text
    form = client.get(re.search(r"/compte/mot-de-passe/nouveau/\S+", text)[0]).url
    return client.post(form, {"password1": "une autre phrase longue", "password2": "une autre phrase longue"})


def test_a_password_reset_goes_through_the_outbox_from_our_own_address(member, settings):
    Client().post("/compte/mot-de-passe/oublie/", {"email": member.email}, headers={"Host": "attaquant.example"})
    with as_ministry():
        mail = OutboundMail.objects.get()
    assert mail.to == member.email
    assert f"{settings.BASE_URL}/compte/mot-de-passe/nouveau/" in mail.text
    assert "attaquant" not in mail.text


def test_asking_for_an_unknown_address_shows_the_same_page_and_sends_nothing(member):
    known = Client().post("/compte/mot-de-passe/oublie/", {"email": member.email})
    unknown = Client().post("/compte/mot-de-passe/oublie/", {"email": "inconnu@essai.invalid"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    with as_ministry():
        assert OutboundMail.objects.count() == 1


def test_a_changed_password_is_told_to_its_owner(member):
    client = Client()
    set_a_new_password(client, member)
    with as_ministry():
        assert OutboundMail.objects.filter(to=member.email, kind="password_reset").exists()


@pytest.mark.parametrize(
    "target", ["https://attaquant.example/", "//attaquant.example/", "javascript:alert(1)", "/\\attaquant.example"]
)
def test_login_leads_nowhere_outside(member, target):
    assert try_to_log_in(Client(), member.email, next=target).url == "/compte/"


def test_login_leads_back_to_the_page_asked_for(member):
    assert try_to_log_in(Client(), member.email, next="/aisne/prefecture/equipe/").url == "/aisne/prefecture/equipe/"


def test_the_session_key_changes_at_login(member):
    client = Client()
    session = client.session
    session["before"] = "kept"
    session.save()
    before = session.session_key
    try_to_log_in(client, member.email)
    assert client.session.session_key != before


def test_nobody_can_sign_up(member):
    assert not AccountAdapter().is_open_for_signup(RequestFactory().get("/"))


def test_the_browser_remembers_who_logged_in_last(member):
    client, other = Client(), make_person()
    try_to_log_in(client, other.email)
    client.post("/compte/deconnexion/")
    try_to_log_in(client, member.email)
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    assert last_person(request) == str(member.pk)
    assert client.cookies[LAST_PERSON_COOKIE]["httponly"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "n’importe quoi", "0.0.0.0"),
    ],
)
def test_the_client_is_the_last_address_that_our_proxies_did_not_add(settings, proxies, forwarded, seen):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert AccountAdapter().get_client_ip(request) == seen


def test_the_tests_password_is_a_real_one():
    """Negative control: a login that succeeds above does so because the password fits."""
    person = make_person()
    person.password = make_password("autre chose")
    person.save()
    assert try_to_log_in(Client(), person.email).status_code == 200
