"""What waits for whom about syntheses."""

from types import SimpleNamespace

import pytest

from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_person, make_prefecture
from syntheses.tests.building import answered, built, transmitted, validated
from syntheses.today import ministry_tasks, prefecture_tasks
from syntheses.transmit import transmit

pytestmark = pytest.mark.django_db


def titles(*roles):
    if {"lead", "reader"} & set(roles):
        with as_ministry():
            return [task["title"] for task in ministry_tasks(SimpleNamespace(roles=set(roles)))]
    with as_prefecture("02"):
        request = SimpleNamespace(roles=set(roles), prefecture=make_prefecture("02"))
        return [task["title"].partition("\u00a0: ")[0] for task in prefecture_tasks(request)]


def test_the_prefect_validates_then_transmits_then_waits():
    synthesis = built()
    assert titles("prefect") == ["synthèse à valider"]
    validated(synthesis)
    assert titles("prefect") == ["synthèse à transmettre"]
    with as_prefecture("02"):
        transmit(synthesis, actor=make_person())
    assert titles("prefect", "editor") == []


def test_an_agent_has_nothing_to_sign():
    built()
    assert titles("agent") == []


def test_who_writes_sees_what_came_back():
    answered(transmitted(built()), reason="Revoir.")
    assert titles("editor") == ["synthèse renvoyée"]
    assert titles("prefect") == []


def test_who_writes_sees_what_could_not_be_built(monkeypatch):
    monkeypatch.setattr("syntheses.documents.pdf.pdf", lambda _: 1 / 0)
    synthesis = built()
    assert titles("editor") == []
    with as_prefecture("02"):
        synthesis.builds.update(given_up_at=synthesis.builds.get().created_at)
    assert titles("editor") == ["version qui n’a pas pu être construite"]


def test_the_lead_sees_what_arrived_until_it_is_answered():
    synthesis = transmitted(built())
    assert titles("lead") == ["synthèse reçue, à lire"]
    assert titles("reader") == []
    answered(synthesis)
    assert titles("lead") == []
