"""A draw by lot: fixed before anybody is registered, replayed by hand with another tool."""

import hashlib
import re
import subprocess
from datetime import timedelta

import pytest
from django.test import Client

from assises import clock
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_open_consultation, make_prefecture
from consultations.meetings.draw import CannotDrawError, draw, order_of
from consultations.meetings.leave import leave
from consultations.models import Draw
from consultations.tests.meeting import come, make_announced, move_meeting, people, states

pytestmark = pytest.mark.django_db
ENTERED, SEATS = 9, 4


@pytest.fixture
def meeting():
    made = make_announced(make_open_consultation(), entry="lot", capacity=SEATS)
    for n in range(1, ENTERED + 1):
        assert come(made, n) == "entered"
    return made


def close(meeting):
    move_meeting(meeting, registration_closes_at=clock.now() - timedelta(minutes=1))


def drawn(meeting):
    close(meeting)
    with as_prefecture("02"):
        return draw(meeting, actor=make_member(make_prefecture(), "editor"))


def replay_page(meeting):
    return Client().get(f"{meeting.get_absolute_url()}tirage/").content.decode()


def test_the_hash_of_the_seed_is_public_before_the_draw_and_the_seed_is_not(meeting):
    page = replay_page(meeting)
    with as_prefecture("02"):
        seed = Draw.objects.get().seed
    assert hashlib.sha256(seed.encode()).hexdigest() == meeting.draw_commitment
    assert meeting.draw_commitment in page
    assert seed not in page


def test_anybody_can_replay_it_with_another_tool(meeting):
    """The commands that the page gives, run by a shell."""
    made = drawn(meeting)
    page = replay_page(meeting)
    commands = [
        re.sub(r"&quot;", '"', command).replace("&#x27;", "'")
        for command in re.findall(r"<code>((?:printf|for).*?)</code>", page, re.DOTALL)
    ]
    first, second = (
        subprocess.run(["sh", "-c", c], capture_output=True, text=True, check=True).stdout for c in commands
    )
    assert first.split()[0] == meeting.draw_commitment
    replayed = [int(line.split()[-1]) for line in second.splitlines()]
    assert replayed == made.order
    have_a_seat = {row.ticket for row in people(meeting) if row.state == "drawn"}
    assert set(replayed[:SEATS]) == have_a_seat
    assert len(have_a_seat) == SEATS


def test_another_seed_gives_another_order(meeting):
    """The negative control: the order depends on the seed."""
    made = drawn(meeting)
    orders = {tuple(order_of(f"{made.seed}{n}", made.order)) for n in range(20)}
    assert len(orders) > 15
    assert all(sorted(order) == sorted(made.order) for order in orders)


def test_every_number_is_as_likely_as_another():
    seats = [ticket for n in range(2_000) for ticket in order_of(f"graine-{n}", range(1, 11))[:3]]
    shares = [seats.count(ticket) / len(seats) for ticket in range(1, 11)]
    assert max(shares) < 0.12
    assert min(shares) > 0.08


def test_everybody_is_told_and_the_others_wait_in_the_order_of_the_draw(meeting):
    made = drawn(meeting)
    with as_prefecture("02"):
        assert OutboundMail.objects.filter(kind="meeting_drawn").count() == ENTERED
    by_ticket = {row.ticket: row for row in people(meeting)}
    leave(meeting, by_ticket[made.order[0]])
    after = {row.ticket: row.state for row in people(meeting)}
    assert after[made.order[SEATS]] == "drawn"
    assert after[made.order[SEATS + 1]] == "not_drawn"


def test_who_has_cancelled_is_not_drawn(meeting):
    leave(meeting, people(meeting)[0])
    assert 1 not in drawn(meeting).order


def test_it_takes_place_once_and_not_before_registrations_close(meeting):
    actor = make_member(make_prefecture(), "editor")
    with as_prefecture("02"), pytest.raises(CannotDrawError):
        draw(meeting, actor=actor)
    assert set(states(meeting)) == {"entered"}
    first = drawn(meeting).order
    with as_prefecture("02"), pytest.raises(CannotDrawError):
        draw(meeting, actor=actor)
    with as_prefecture("02"):
        assert Draw.objects.get().order == first


def test_the_page_names_nobody(meeting):
    drawn(meeting)
    page = replay_page(meeting)
    assert "Personne 1" not in page
    assert "essai.invalid" not in page
