"""A draw by lot that anybody can replay.

Before anyone registers the portal makes a seed and publishes its SHA-256: the seed cannot be changed any more.
Everybody gets a number in the order in which they register: 1, 2, 3… nobody chooses it. At the draw the seed is
published, and the order is that of SHA-256(« seed:number »). Whoever has the seed and the numbers finds it again.

The root of the signed log would serve as well, but not for a concertation that takes nothing online: its log is empty.
"""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from assises import clock
from assises.workflow import move
from consultations.meetings.mails import DRAWN, write
from consultations.meetings.register import lock
from consultations.models import Draw, Meeting, Registration

SEED_BYTES = 32
State = Registration.State


class CannotDrawError(Exception):
    """Nothing was drawn; the text says why."""


def commitment_of(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()


def mark_of(seed: str, ticket: int) -> str:
    """What decides: the smallest comes first."""
    return hashlib.sha256(f"{seed}:{ticket}".encode()).hexdigest()


def order_of(seed: str, tickets: Iterable[int]) -> list[int]:
    return sorted(tickets, key=lambda ticket: (mark_of(seed, ticket), ticket))


def commit(meeting: Meeting) -> str:
    """Make the seed, keep it where no visitor reads it, and return what is published of it."""
    seed = secrets.token_hex(SEED_BYTES)
    Draw.objects.create(prefecture_id=meeting.prefecture_id, meeting=meeting, seed=seed)
    return commitment_of(seed)


def draw(meeting: Meeting, *, actor: Any) -> Draw:
    """Once, after registrations have closed: seats to the first, the others wait in order, everybody is told."""
    locked = lock(meeting)
    if why := refusal(locked):
        raise CannotDrawError(why)
    rows = Registration.objects.for_prefecture(locked.prefecture_id).filter(meeting=locked)
    entered = {row.ticket: row for row in rows.filter(state=State.ENTERED)}
    made = locked.draw
    order = order_of(made.seed, entered)
    move(made, Draw.State.DRAWN, actor=actor, drawn_at=clock.now(), seats=locked.capacity, order=order)
    for rank, ticket in enumerate(order, 1):
        row = entered[ticket]
        row.rank, row.state = rank, State.DRAWN if rank <= made.seats else State.NOT_DRAWN
    Registration.objects.bulk_update(entered.values(), ["rank", "state"])
    for ticket in order:
        write(DRAWN, locked, entered[ticket])
    return made


def refusal(meeting: Meeting) -> str:
    """Why there is nothing to draw now; nothing when there is."""
    if not meeting.is_drawn_by_lot or not meeting.is_announced:
        return "Il n’y a pas de tirage au sort pour cette réunion."
    if meeting.draw.state == Draw.State.DRAWN:
        return "Le tirage a déjà eu lieu\u00a0: il ne se refait pas."
    if meeting.registration_ends_at > clock.now():
        return "Les inscriptions ne sont pas closes."
    return ""
