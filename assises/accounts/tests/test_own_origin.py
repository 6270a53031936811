"""Forms of our own pages are taken from every browser; forms of other sites never are."""

import pytest
from django.test import Client

from assises.testing import make_member, make_prefecture

pytestmark = pytest.mark.django_db
PATH = "/aisne/prefecture/coordonnees/modifier/"
FACTS = {"address": "2 rue Paul-Doumer", "telephone": "03 23 21 82 82"}


@pytest.fixture
def client():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(make_prefecture("02"), "administrator"))
    return client


def post(client, *, with_token=True, **headers):
    token = client.get(PATH).context["csrf_token"]
    facts = {**FACTS, "csrfmiddlewaretoken": str(token)} if with_token else FACTS
    return client.post(PATH, facts, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {},
    ],
    ids=["no-referrer", "an old browser", "a named origin", "nothing said"],
)
def test_our_own_form_is_taken(client, headers):
    assert post(client, **headers).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://attaquant.example"},
    ],
    ids=["a hidden origin elsewhere", "a neighbour", "a named origin elsewhere"],
)
def test_a_form_from_elsewhere_is_refused_even_with_a_token(client, headers):
    response = post(client, **headers)
    assert response.status_code == 403
    assert "Paul-Doumer" not in response.content.decode()


@pytest.mark.parametrize("headers", [{"Origin": "null"}, {"Origin": "http://testserver"}, {}])
def test_the_token_decides_in_any_case(client, headers):
    assert post(client, with_token=False, **headers).status_code == 403


def test_without_the_middleware_no_browser_could_send_a_form(client, settings):
    """The negative control: what `Referrer-Policy: no-referrer` makes of every form."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "OwnOrigin" not in name]
    assert post(client, Origin="null").status_code == 403
