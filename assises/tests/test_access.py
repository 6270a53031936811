"""Role × address × method × tenant, for every address the resolver knows: who reaches the view, and what others get."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from assises.access import access_of
from assises.accounts.models.rights import MINISTRY_ROLES, PREFECTURE_ROLES
from assises.tenancy.context import MINISTRY, PREFECTURE
from assises.testing import make_member, make_person, make_prefecture
from assises.tests.routes import routes

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REACHED = 299
ALL_ROUTES = routes()


class StopAtTheView:
    """Stands behind the gate: whoever comes this far would have reached the view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return HttpResponse(status=REACHED)


@pytest.fixture
def people(db):
    """One person for each place there is to stand."""
    here, elsewhere = make_prefecture("02"), make_prefecture("03")
    cast = {"anonymous": None, "without rights": make_person("Sans Droit")}
    cast |= {f"{role} here": make_member(here, role) for role in PREFECTURE_ROLES}
    cast |= {f"{role} elsewhere": make_member(elsewhere, role) for role in PREFECTURE_ROLES}
    cast |= {f"{role} at the ministry": make_member(None, role) for role in MINISTRY_ROLES}
    return cast


@pytest.fixture
def gate_only(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "assises.tests.test_access.StopAtTheView"]


def expected(access, who):
    """What DESIGN says, independently of how the gate does it."""
    if not access.needs_account:
        return REACHED
    if who == "anonymous":
        return 302
    if access.audience == "":
        return REACHED
    role, _, place = who.partition(" ")
    at_home = {PREFECTURE: "here", MINISTRY: "at the ministry"}[access.audience]
    if place != at_home:
        return 404
    return REACHED if role in access.roles else 403


def test_every_address_declares_who_may_open_it():
    undeclared = [route.pattern for route in ALL_ROUTES if access_of(route.view) is None]
    assert undeclared == []


@pytest.mark.urls("assises.tests.sample.urls")
def test_an_address_that_declares_nothing_is_found():
    """The negative control of the test above."""
    assert [route.name for route in routes() if access_of(route.view) is None] == ["undeclared"]


def test_every_address_has_a_name():
    assert [route.pattern for route in ALL_ROUTES if not route.name] == []


def test_a_prefectures_pages_name_their_department_and_the_ministrys_do_not():
    astray = [
        route.pattern
        for route in ALL_ROUTES
        if (route.access.audience == PREFECTURE) != route.pattern.startswith("<slug:departement>/prefecture/")
        or (route.access.audience == MINISTRY) != route.pattern.startswith("ministere/")
    ]
    assert astray == []


def test_a_restricted_page_names_the_roles_that_may_open_it():
    assert [r.pattern for r in ALL_ROUTES if r.access.audience in {PREFECTURE, MINISTRY} and not r.access.roles] == []


@pytest.mark.parametrize("route", ALL_ROUTES, ids=lambda route: route.name or route.pattern)
def test_each_role_reaches_what_is_its_own_and_nothing_else(route, people, gate_only):
    seen, wanted = {}, {}
    for who, person in people.items():
        client = Client()
        if person:
            client.force_login(person)
        for method in METHODS:
            seen[who, method] = client.generic(method, route.path()).status_code
            wanted[who, method] = expected(route.access, who)
    assert seen == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("route", [r for r in ALL_ROUTES if r.access.audience == PREFECTURE], ids=lambda r: r.name)
def test_a_page_of_another_prefecture_is_byte_for_byte_an_unknown_page(route):
    client = Client()
    client.force_login(make_member(make_prefecture("03"), "administrator"))
    unknown = client.get("/aisne/rien-de-tel/")
    for method in ("GET", "POST", "DELETE"):
        refused = client.generic(method, route.path())
        assert (refused.status_code, refused.content) == (404, unknown.content)
        assert dict(refused.headers) == dict(unknown.headers)


@pytest.mark.django_db
def test_the_second_factor_is_asked_of_staff_who_have_none():
    client = Client()
    client.force_login(make_member(make_prefecture("02"), "agent"))
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        response = client.get("/aisne/prefecture/")
    assert response.status_code == 302
    assert response.url.startswith("/compte/second-facteur/")
