"""The demo's people."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assises.accounts.demo_people import PASSWORD, people
from assises.accounts.models import Delegation, Invitation, Membership, User
from assises.tenancy.context import as_ministry, as_prefecture

pytestmark = pytest.mark.django_db


def counts():
    with as_prefecture("02"):
        here = Membership.objects.count(), Invitation.objects.count(), Delegation.objects.count()
    with as_ministry():
        return User.objects.count(), here, Invitation.objects.count()


def test_seeding_twice_changes_nothing():
    call_command("seed_demo", verbosity=0)
    before = counts()
    call_command("seed_demo", verbosity=0)
    assert counts() == before


def test_everybody_can_log_in_and_lands_on_a_home_of_their_own():
    call_command("seed_demo", verbosity=0)
    for person in people():
        client = Client()
        client.force_login(User.objects.get(email=person.email))
        assert client.get(client.get("/compte/").url).status_code == 200


def test_the_password_that_is_printed_opens(capsys):
    call_command("seed_demo", verbosity=0)
    call_command("demo_logins")
    printed = capsys.readouterr().out
    person = people()[0]
    assert PASSWORD in printed
    assert person.email in printed
    response = Client().post("/compte/connexion/", {"login": person.email, "password": PASSWORD})
    assert response.status_code == 302


def test_no_mail_could_reach_anybody():
    assert all(person.email.endswith(".invalid") for person in people())


@pytest.mark.parametrize("command", ["seed_demo", "demo_logins"])
def test_outside_the_demo_it_refuses(settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command(command)


def test_the_login_page_says_who_can_log_in_in_the_demo_only(settings):
    assert PASSWORD in Client().get("/compte/connexion/").content.decode()
    settings.DEMO = False
    assert PASSWORD not in Client().get("/compte/connexion/").content.decode()
