"""A team's rights: given, changed, removed; a team never loses the last who can open its door."""

import pytest
from django.test import Client

from assises.accounts.delegate import give
from assises.accounts.models import Delegation, Membership
from assises.accounts.team import LastOfRoleError, change_role, remove
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_member, make_prefecture

pytestmark = pytest.mark.django_db


@pytest.fixture
def aisne():
    return make_prefecture("02")


def membership(person):
    return Membership.objects.select_related("user", "prefecture").get(user=person)


def test_the_last_administrator_cannot_be_removed(aisne):
    person = make_member(aisne, "administrator")
    with as_prefecture(aisne), pytest.raises(LastOfRoleError):
        remove(membership(person))


def test_the_last_administrator_cannot_take_another_role(aisne):
    person = make_member(aisne, "administrator")
    with as_prefecture(aisne), pytest.raises(LastOfRoleError):
        change_role(membership(person), role="editor", title="")


def test_an_administrator_whose_account_is_closed_does_not_count(aisne):
    person, closed = make_member(aisne, "administrator"), make_member(aisne, "administrator")
    closed.is_active = False
    closed.save()
    with as_prefecture(aisne), pytest.raises(LastOfRoleError):
        remove(membership(person))


def test_one_of_two_administrators_can_leave(aisne):
    person = make_member(aisne, "administrator")
    make_member(aisne, "administrator")
    with as_prefecture(aisne):
        remove(membership(person))
        assert not Membership.objects.filter(user=person).exists()


def test_the_last_lead_cannot_be_removed():
    person = make_member(None, "lead")
    make_member(None, "reader")
    with as_ministry(), pytest.raises(LastOfRoleError):
        remove(membership(person))


def test_a_prefect_who_leaves_takes_their_delegations_along(aisne):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    with as_prefecture(aisne):
        give(to=membership(editor), starts_on=aisne.today(), ends_on=aisne.today(), by=prefect)
        remove(membership(prefect))
        assert not Delegation.objects.in_force_on(aisne.today()).exists()


def test_a_delegate_who_changes_role_loses_the_delegation(aisne):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    with as_prefecture(aisne):
        give(to=membership(editor), starts_on=aisne.today(), ends_on=aisne.today(), by=prefect)
        change_role(membership(editor), role="agent", title="")
        assert not Delegation.objects.in_force_on(aisne.today()).exists()


def test_a_new_title_leaves_a_delegation_alone(aisne):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    with as_prefecture(aisne):
        give(to=membership(editor), starts_on=aisne.today(), ends_on=aisne.today(), by=prefect)
        change_role(membership(editor), role="editor", title="Sous-préfète")
        assert Delegation.objects.in_force_on(aisne.today()).exists()


def test_a_member_reads_the_team_and_an_administrator_changes_it(aisne):
    agent, administrator = make_member(aisne, "agent"), make_member(aisne, "administrator")
    client = Client()
    client.force_login(agent)
    assert "Inviter quelqu’un" not in client.get("/aisne/prefecture/equipe/").content.decode()
    client.force_login(administrator)
    assert "Inviter quelqu’un" in client.get("/aisne/prefecture/equipe/").content.decode()


def test_the_page_refuses_to_remove_the_last_administrator(aisne):
    administrator = make_member(aisne, "administrator")
    client = Client()
    client.force_login(administrator)
    with as_prefecture(aisne):
        number = membership(administrator).pk
    page = client.post(f"/aisne/prefecture/equipe/{number}/retirer/").content.decode()
    assert "C’est le dernier administrateur" in page
    assert client.get("/aisne/prefecture/").status_code == 200


def test_the_page_refuses_to_demote_the_last_administrator(aisne):
    administrator = make_member(aisne, "administrator")
    client = Client()
    client.force_login(administrator)
    with as_prefecture(aisne):
        number = membership(administrator).pk
    page = client.post(f"/aisne/prefecture/equipe/{number}/modifier/", {"role": "agent", "title": ""}).content.decode()
    assert "C’est le dernier administrateur" in page


def test_asking_to_remove_removes_nothing(aisne):
    administrator, agent = make_member(aisne, "administrator"), make_member(aisne, "agent")
    client = Client()
    client.force_login(administrator)
    with as_prefecture(aisne):
        number = membership(agent).pk
    assert client.get(f"/aisne/prefecture/equipe/{number}/retirer/").status_code == 200
    with as_prefecture(aisne):
        assert membership(agent).pk == number


def test_a_role_of_the_ministry_cannot_be_given_in_a_prefecture(aisne):
    client = Client()
    client.force_login(make_member(aisne, "administrator"))
    response = client.post("/aisne/prefecture/equipe/inviter/", {"email": "a@essai.invalid", "role": "lead"})
    assert response.status_code == 200


@pytest.mark.parametrize("page", ["modifier", "retirer"])
def test_a_member_of_another_prefecture_is_an_unknown_page(aisne, page):
    there = make_member(make_prefecture("03"), "agent")
    with as_prefecture("03"):
        number = membership(there).pk
    client = Client()
    client.force_login(make_member(aisne, "administrator"))
    for method in (client.get, client.post):
        mine, unknown = method(f"/aisne/prefecture/equipe/{number}/{page}/"), method("/aisne/rien/de/tel/")
        assert (mine.status_code, mine.content) == (404, unknown.content)


@pytest.mark.parametrize("action", ["renvoyer", "annuler"])
def test_an_invitation_of_another_prefecture_is_an_unknown_page(aisne, action):
    client = Client()
    client.force_login(make_member(make_prefecture("03"), "administrator"))
    client.post("/allier/prefecture/equipe/inviter/", {"email": "a@essai.invalid", "role": "agent"})
    with as_prefecture("03"):
        from assises.accounts.models import Invitation

        number = Invitation.objects.get().pk
    client.force_login(make_member(aisne, "administrator"))
    assert client.post(f"/aisne/prefecture/equipe/invitations/{number}/{action}/").status_code == 404
    with as_prefecture("03"):
        assert (Invitation.objects.get().state, Invitation.objects.get().serial) == ("pending", 1)


def test_the_teams_page_asks_the_database_the_same_number_of_times_however_many_they_are(
    aisne, django_assert_max_num_queries
):
    client = Client()
    client.force_login(make_member(aisne, "administrator"))
    for _ in range(10):
        make_member(aisne, "agent")
    with django_assert_max_num_queries(25):
        client.get("/aisne/prefecture/equipe/")
