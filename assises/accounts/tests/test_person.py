"""Each person's own entrance."""

import pytest
from django.test import Client

from assises.accounts.models import Membership
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_person, make_prefecture

pytestmark = pytest.mark.django_db


def home_of(person):
    client = Client()
    client.force_login(person)
    return client.get("/compte/")


@pytest.mark.parametrize("role", ["agent", "editor", "administrator", "prefect"])
def test_each_role_of_a_prefecture_lands_on_its_home(role):
    assert home_of(make_member(make_prefecture("02"), role)).url == "/aisne/prefecture/"


@pytest.mark.parametrize("role", ["reader", "lead"])
def test_each_role_of_the_ministry_lands_on_its_home(role):
    assert home_of(make_member(None, role)).url == "/ministere/"


def test_somebody_of_two_teams_chooses():
    person = make_member(make_prefecture("02"), "agent")
    with as_prefecture("03"):
        Membership.objects.create(prefecture_id="03", user=person, role="editor")
    page = home_of(person).content.decode()
    assert "Préfecture de l’Aisne" in page
    assert "Préfecture de l’Allier" in page


def test_somebody_without_any_right_is_told_whom_to_ask():
    page = home_of(make_person()).content.decode()
    assert "Vous n’avez plus de droit ici" in page
    assert "administrateur" in page
