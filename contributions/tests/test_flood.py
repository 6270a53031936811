"""Floods, as they come: from one address, from a thousand, with 300 people behind one address in the middle of it.

What is too much is flagged, shown and slowed; nothing is removed, and nearly all of the people get through.
"""

from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_open_consultation, make_prefecture
from consultations.models import QuestionnaireVersion
from contributions import surge
from contributions.intake.record import record_many
from contributions.limits import Sender
from contributions.models import Contribution, Draft, Sending
from contributions.tests.flooding import ASKED_TO_WAIT, flags, ready, send, sent_already, sent_by_machine, share_through
from contributions.tests.said import said

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOWN_HALL, MACHINE = "203.0.113.7", "198.51.100.9"
CITIZENS, NEARLY_ALL = 300, 0.99
SAME = "Non à la vidéosurveillance, oui à la prévention."


@pytest.fixture
def consultation():
    return make_open_consultation(opens_at=clock.now() - timedelta(days=2))


def stored():
    with as_prefecture("02"):
        return Contribution.objects.count()


def version_of(consultation):
    with as_prefecture("02"):
        rows = QuestionnaireVersion.objects.select_related("consultation__campaign", "consultation__prefecture")
        return rows.get(consultation=consultation)


def in_ordinary_hours(consultation, number=6):
    """Some a day for two days, as on most days."""
    began_at = clock.now() - timedelta(hours=number + 2)
    with as_prefecture("02"):
        record_many(
            said(consultation, f"Mot {hour} {n}", acted_at=began_at + timedelta(hours=hour, minutes=n))
            for hour in range(number)
            for n in range(4)
        )
    return number * 4


def surge_page(consultation):
    client = Client()
    client.force_login(make_member(make_prefecture("02"), "agent"))
    address = f"/aisne/prefecture/concertations/{consultation.campaign.slug}/affluence/"
    return client.get(address).content.decode().replace("\u202f", " ")


def test_three_hundred_people_behind_one_address_get_through_in_one_hour(consultation):
    statuses = [send(consultation, key, TOWN_HALL) for key in ready(consultation, CITIZENS)]
    assert share_through(statuses) >= NEARLY_ALL
    assert stored() == statuses.count(302)
    assert set().union(*flags()) == set()


def test_with_a_limit_for_one_household_most_of_them_would_not(consultation, settings):
    """The negative control."""
    settings.SENDINGS_AN_HOUR = 20
    statuses = [send(consultation, key, TOWN_HALL) for key in ready(consultation, CITIZENS)]
    assert share_through(statuses) < 0.1


def test_one_address_that_floods_is_flagged_then_slowed_and_loses_no_draft(consultation, settings):
    ours = in_ordinary_hours(consultation)
    sent_already(280, MACHINE)
    settings.SENDINGS_AN_HOUR = 400
    keys, people = ready(consultation, 150, SAME), ready(consultation, 30)
    statuses, theirs = [], []
    for number, key in enumerate(keys):
        statuses.append(send(consultation, key, MACHINE))
        if number % 5 == 0:
            theirs.append(send(consultation, people.pop(), TOWN_HALL))
    assert statuses == [302] * 120 + [ASKED_TO_WAIT] * 30
    assert share_through(theirs) == 1
    assert sum("surge" in found for found in flags()) == 100, "from the 301st on"
    with as_prefecture("02"):
        assert Draft.objects.filter(answers__has_key="presence.constat").count() == 30
    page = surge_page(consultation)
    assert "120 contributions" in page
    assert "Affluence inhabituelle" in page
    assert stored() == ours + 120 + len(theirs), "shown, and all there"


def test_without_the_limit_one_address_sends_as_much_as_it_likes(consultation, settings):
    """The negative control."""
    settings.SENDINGS_AN_HOUR = 10**6
    sent_already(700, MACHINE)
    assert [send(consultation, key, MACHINE) for key in ready(consultation, 20)] == [302] * 20


def test_a_thousand_addresses_are_seen_by_the_hour_and_the_text_and_stop_nobody(consultation):
    ours = in_ordinary_hours(consultation)
    machines, people = ready(consultation, 1_000, SAME, minutes=0), ready(consultation, CITIZENS)
    version, theirs = version_of(consultation), []
    for number, key in enumerate(machines):
        sent_by_machine(version, key, number, is_trapped=bool(number % 2))
        if number % 10 < 3:
            theirs.append(send(consultation, people.pop(), TOWN_HALL))
    assert len(theirs) == CITIZENS
    assert share_through(theirs) >= NEARLY_ALL
    found = flags()
    assert sum("fast" in one for one in found) == 1_000
    assert sum("honeypot" in one for one in found) == 500
    page = surge_page(consultation)
    assert "Affluence inhabituelle" in page
    assert "1 000 contributions" in page
    assert SAME in page
    assert stored() == ours + 1_000 + CITIZENS, "shown, and all there"


def test_were_all_addresses_counted_as_one_the_people_would_be_stopped(consultation):
    """The negative control: what separates people from the flood is that each address has a count of its own."""
    everybody = Sender("everybody")
    with mock.patch("contributions.views.answering.sender_of", return_value=everybody):
        sent_already(600, MACHINE)
        with as_prefecture("02"):
            Sending.objects.update(sender=everybody.name)
        statuses = [send(consultation, key, TOWN_HALL) for key in ready(consultation, 20)]
    assert share_through(statuses) == 0


def test_an_ordinary_day_is_not_called_unusual(consultation):
    """The negative control."""
    in_ordinary_hours(consultation)
    for key in ready(consultation, 12):
        send(consultation, key, TOWN_HALL)
    assert "Affluence inhabituelle" not in surge_page(consultation)


def test_what_is_usual_takes_some_hours_to_know(consultation):
    for key in ready(consultation, surge.UNUSUAL_FROM + 1):
        send(consultation, key, TOWN_HALL)
    with as_prefecture("02"):
        assert [hour.is_unusual for hour in surge.hours_of(consultation)] in ([False], [False, False])
