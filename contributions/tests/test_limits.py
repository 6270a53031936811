"""Abuse without third parties: floods are flagged or slowed, nothing is dropped, neighbours get through."""

from datetime import timedelta
from unittest import mock

import pytest

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, statements
from contributions import limits
from contributions.intake import web
from contributions.intake.record import NotPublishedError
from contributions.models import Draft, Sending
from contributions.tests.flooding import flags, sent_already
from contributions.tests.journey import Visitor

pytestmark = pytest.mark.django_db
TOWN_HALL, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def consultation():
    return make_open_consultation()


def ready(consultation):
    visitor = Visitor(consultation)
    visitor.begin()
    visitor.answer(1, {"presence.jugement": "moyenne"})
    with as_prefecture("02"):
        Draft.objects.update(begun_at=clock.now() - timedelta(minutes=5))
    return visitor


def send(consultation, address=TOWN_HALL, **more):
    visitor = ready(consultation)
    return visitor, visitor.client.post(visitor.review, more, REMOTE_ADDR=address)


def test_somebody_who_takes_their_time_is_not_flagged(consultation):
    _, answer = send(consultation)
    assert answer.status_code == 302
    assert flags() == [set()]


def test_a_form_sent_in_a_blink_is_flagged_and_received(consultation):
    Visitor(consultation).contribute()
    assert flags() == [{"fast"}]


def test_whoever_fills_the_field_that_nobody_sees_is_flagged_and_received(consultation):
    _, answer = send(consultation, **{limits.HONEYPOT: "http://spam.invalid"})
    assert answer.status_code == 302
    assert flags() == [{"honeypot"}]


def test_that_field_is_hidden_without_a_script_and_from_screen_readers(consultation):
    visitor = ready(consultation)
    page = visitor.client.get(visitor.review).content.decode()
    around = page[: page.index(f'name="{limits.HONEYPOT}"')].rpartition("<div")[2]
    assert 'class="visually-hidden"' in around
    assert 'aria-hidden="true"' in around
    assert 'tabindex="-1"' in page[page.index(f'name="{limits.HONEYPOT}"') :][:60]


def test_three_hundred_people_behind_one_address_all_get_through_and_none_is_flagged(consultation):
    sent_already(299, TOWN_HALL)
    _, answer = send(consultation)
    assert answer.status_code == 302
    assert flags() == [set()]


def test_the_next_ones_are_flagged_and_received(consultation):
    sent_already(300, TOWN_HALL)
    _, answer = send(consultation)
    assert answer.status_code == 302
    assert flags() == [{"surge"}]


def test_a_flood_is_slowed_and_loses_nothing(consultation):
    sent_already(600, TOWN_HALL)
    visitor, answer = send(consultation, citation="on")
    said = answer.content.decode()
    assert answer.status_code == 429
    assert "n’est pas encore envoyée" in said
    assert "checked" in said
    assert flags() == []
    with as_prefecture("02"):
        assert Draft.objects.get().answers == {"presence.jugement": "moyenne"}
        Sending.objects.update(hour=clock.now() - timedelta(hours=1))
    again = visitor.client.post(visitor.review, REMOTE_ADDR=TOWN_HALL)
    assert again.status_code == 302


def test_without_the_limit_the_same_flood_passes(consultation, settings):
    """The negative control."""
    settings.SENDINGS_AN_HOUR = 10**6
    sent_already(600, TOWN_HALL)
    assert send(consultation)[1].status_code == 302


def test_a_flood_from_one_address_slows_nobody_elsewhere(consultation):
    sent_already(10_000, TOWN_HALL)
    assert send(consultation, ELSEWHERE)[1].status_code == 302
    assert flags() == [set()]


def test_what_is_counted_names_no_address_and_changes_every_day(consultation):
    send(consultation)
    with as_prefecture("02"):
        counted = Sending.objects.get()
    assert TOWN_HALL not in counted.sender
    request = mock.Mock(META={"REMOTE_ADDR": TOWN_HALL}, headers={}, POST={})
    assert limits.sender_of(request).name == counted.sender
    with mock.patch("assises.counters.datetime") as tomorrow:
        tomorrow.now.return_value = clock.now() + timedelta(days=1)
        assert limits.sender_of(request).name != counted.sender


def test_a_sending_that_is_refused_is_not_counted(consultation):
    visitor = ready(consultation)
    with mock.patch.object(web, "record", side_effect=NotPublishedError):
        visitor.client.post(visitor.review)
    with as_prefecture("02"):
        assert not Sending.objects.exists()


def test_limits_do_not_ask_redis(consultation):
    with mock.patch("redis.connection.Connection.connect", side_effect=ConnectionError("no Redis")):
        assert send(consultation)[1].status_code == 302


def test_counting_costs_no_statement_of_its_own(consultation):
    visitor = ready(consultation)
    with statements() as sent:
        visitor.client.post(visitor.review, REMOTE_ADDR=TOWN_HALL)
    assert [sql for sql in sent if "count_sending" in sql] == []  # `take_draft` calls it
    with as_prefecture("02"):
        assert Sending.objects.count() == 1
    assert len(sent) <= 7, sent
