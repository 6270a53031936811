"""Rights at the door: read at each request, in local time, and silent to outsiders."""

from datetime import timedelta

import pytest
from django.test import Client

from assises.accounts.delegate import give, revoke
from assises.accounts.gate import roles_of
from assises.accounts.models import Delegation, Membership
from assises.accounts.team import change_role, remove
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_person, make_prefecture

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


@pytest.fixture
def aisne():
    return make_prefecture("02")


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def membership(person):
    return Membership.objects.select_related("user", "prefecture").get(user=person)


def delegate(prefecture, person, by, *, starts=0, ends=0):
    today = prefecture.today()
    return give(
        to=membership(person), starts_on=today + timedelta(days=starts), ends_on=today + timedelta(days=ends), by=by
    )


def test_a_removed_right_bites_on_the_next_request(aisne):
    make_member(aisne, "administrator")
    person = make_member(aisne, "agent")
    client = client_of(person)
    assert client.get("/aisne/prefecture/").status_code == 200
    with as_prefecture(aisne):
        remove(membership(person))
    assert client.get("/aisne/prefecture/").status_code == 404


def test_a_lowered_role_bites_on_the_next_request(aisne):
    make_member(aisne, "administrator")
    person = make_member(aisne, "administrator")
    client = client_of(person)
    assert client.get("/aisne/prefecture/equipe/inviter/").status_code == 200
    with as_prefecture(aisne):
        change_role(membership(person), role="agent", title="")
    assert client.get("/aisne/prefecture/equipe/inviter/").status_code == 403


def test_a_closed_account_is_logged_out_on_the_next_request(aisne):
    person = make_member(aisne, "agent")
    client = client_of(person)
    person.is_active = False
    person.save()
    assert client.get("/aisne/prefecture/").status_code == 302


def test_a_wrong_role_is_told_who_may(aisne):
    response = client_of(make_member(aisne, "agent")).get("/aisne/prefecture/equipe/inviter/")
    assert response.status_code == 403
    assert "administrateur local" in response.content.decode()


@pytest.mark.parametrize(("starts", "ends", "has_it"), [(0, 0, True), (-3, 3, True), (1, 5, False), (-5, -1, False)])
def test_a_delegation_gives_the_prefects_role_between_its_days(aisne, starts, ends, has_it):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    with as_prefecture(aisne):
        delegate(aisne, editor, prefect, starts=starts, ends=ends)
        assert ("prefect" in roles_of(membership(editor), aisne)) is has_it


def test_a_revoked_delegation_gives_nothing(aisne):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    with as_prefecture(aisne):
        revoke(delegate(aisne, editor, prefect, ends=5))
        assert roles_of(membership(editor), aisne) == {"editor"}


@pytest.mark.parametrize("code", ["02", "974", "987"])
def test_the_days_of_a_delegation_are_those_of_the_place(code):
    """One day that is today somewhere is not everywhere: what decides is the calendar on the prefecture's own wall."""
    place = make_prefecture(code)
    prefect, editor = make_member(place, "prefect"), make_member(place, "editor")
    with as_prefecture(place):
        Delegation.objects.create(
            prefecture=place,
            given_to=membership(editor),
            given_by=prefect,
            starts_on=place.today(),
            ends_on=place.today(),
        )
        assert "prefect" in roles_of(membership(editor), place)


def test_local_midnight_ends_a_delegation(aisne, monkeypatch):
    from assises.accounts.models import Prefecture

    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    today = aisne.today()
    with as_prefecture(aisne):
        delegate(aisne, editor, prefect)
        monkeypatch.setattr(Prefecture, "today", lambda self: today + timedelta(days=1))
        assert roles_of(membership(editor), aisne) == {"editor"}


def test_a_delegate_opens_the_prefects_pages_but_does_not_delegate_further(aisne):
    prefect, editor, agent = (make_member(aisne, role) for role in ("prefect", "editor", "agent"))
    with as_prefecture(aisne):
        given = delegate(aisne, editor, prefect)
        number = membership(agent).pk
    client, today = client_of(editor), aisne.today().isoformat()
    response = client.post("/aisne/prefecture/delegation/", {"given_to": number, "starts_on": today, "ends_on": today})
    assert response.status_code == 403
    assert client.post(f"/aisne/prefecture/delegation/{given.pk}/retirer/").status_code == 403
    with as_prefecture(aisne):
        assert Delegation.objects.in_force_on(aisne.today()).count() == 1


@pytest.mark.parametrize("method", METHODS)
def test_an_outsider_gets_the_bytes_of_an_unknown_page(aisne, method):
    client = client_of(make_member(make_prefecture("03"), "administrator"))
    for path in ("/aisne/prefecture/", "/aisne/prefecture/equipe/1/retirer/", "/ministere/", "/ministere/courriels/"):
        refused, unknown = getattr(client, method)(path), getattr(client, method)("/aisne/rien/de/tel/")
        assert (refused.status_code, refused.content, dict(refused.headers)) == (
            404,
            unknown.content,
            dict(unknown.headers),
        )


def test_somebody_without_any_right_gets_the_same(aisne):
    client = client_of(make_person())
    assert client.get("/aisne/prefecture/").content == client.get("/rien/du/tout/").content


def test_an_unknown_department_is_an_unknown_page(aisne):
    client = client_of(make_member(aisne, "agent"))
    assert client.get("/nulle-part/prefecture/").status_code == 404


def test_a_stranger_is_sent_to_the_login_page_and_back():
    response = Client().get("/aisne/prefecture/equipe/?a=1")
    assert response.url == "/compte/connexion/?next=/aisne/prefecture/equipe/%3Fa%3D1"
