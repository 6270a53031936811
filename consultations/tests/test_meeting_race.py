"""Fifty people want the last seat at the same moment: one has it, the others wait in the order in which they came."""

import threading

import pytest
from django.db import connection

from assises.testing import make_open_consultation
from consultations.meetings import register as registering
from consultations.models import Meeting
from consultations.tests.meeting import come, make_announced, people

CROWD = 50


def at_once(meeting, number=CROWD):
    """Each in a transaction of their own; returns what each was told."""
    start, told = threading.Barrier(number), []

    def one(n):
        try:
            start.wait(timeout=60)
            told.append(come(meeting, n))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[n]) for n in range(1, number + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_fifty_has_the_last_seat_and_the_others_wait_in_order():
    meeting = make_announced(make_open_consultation(), capacity=2)
    come(meeting, 99)
    told = at_once(meeting)
    assert sorted(told) == ["confirmed", *["waiting"] * (CROWD - 1)]
    rows = people(meeting)
    assert [row.ticket for row in rows] == list(range(1, CROWD + 2))
    assert [row.state for row in rows] == ["confirmed", "confirmed", *["waiting"] * (CROWD - 1)]
    assert len({row.mail for row in rows}) == CROWD + 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_meeting_is_overbooked(monkeypatch):
    """The negative control: everybody looks before anybody is written down."""
    number = 8
    looked, tickets = threading.Barrier(number), iter(range(10, 1_000))
    state_of_next = registering.state_of_next

    def look(meeting):
        found = state_of_next(meeting)
        looked.wait(timeout=60)
        return found

    def without_lock(meeting):
        return Meeting.objects.select_related("consultation__prefecture", "consultation__campaign").get(pk=meeting.pk)

    meeting = make_announced(make_open_consultation(), capacity=1)
    monkeypatch.setattr(registering, "lock", without_lock)
    monkeypatch.setattr(registering, "state_of_next", look)
    monkeypatch.setattr(registering, "next_ticket", lambda _: next(tickets))
    assert at_once(meeting, number) == ["confirmed"] * number
    assert sum(row.is_seated for row in people(meeting)) > meeting.capacity


@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_once_even_without_the_lock(monkeypatch):
    """The database stands behind the lock."""
    from django.db import IntegrityError

    meeting = make_announced(make_open_consultation())
    come(meeting, 1)
    monkeypatch.setattr(registering, "next_ticket", lambda _: 1)
    with pytest.raises(IntegrityError):
        come(meeting, 2)
