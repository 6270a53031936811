"""A seat is given back: its row forgets its name at once, and the next in the queue moves up by itself."""

from typing import Any

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.workflow import move
from consultations.around.keys import hash_of, hold, is_key
from consultations.meetings.mails import SEAT, forget_mails, write
from consultations.meetings.register import lock
from consultations.meetings.standing import counted
from consultations.models import Meeting, Registration

State = Registration.State


def held(meeting: Meeting, key: str) -> Registration | None:
    """The row of whoever has this key; a cancelled one still answers, without a name."""
    if not is_key(key):
        return None
    hold(meeting.prefecture_id, key)
    rows = Registration.objects.for_prefecture(meeting.prefecture_id)
    return rows.filter(meeting=meeting, key_hash=hash_of(key)).first()


def leave(meeting: Meeting, registration: Registration, *, actor: Any = None) -> None:
    """Cancel, by the person or by the team. Twice is harmless."""
    with as_prefecture(meeting.prefecture_id):
        locked = lock(meeting)
        rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=locked)
        row = rows.get(pk=registration.pk)
        if row.state == State.CANCELLED:
            return
        address = row.mail
        move(row, State.CANCELLED, actor=actor, **row.nobody())
        if not rows.filter(mail=address).exists():
            forget_mails(meeting.prefecture_id, [address])
        move_up(locked)


def move_up(meeting: Meeting) -> int:
    """Free seats go to those who wait, in order, each told by mail; until the meeting starts. Behind the lock."""
    if not meeting.is_announced or meeting.starts_at is None or meeting.starts_at <= clock.now():
        return 0
    standing = counted(meeting)
    free = standing.queueing if standing.capacity is None else max(standing.capacity - standing.seated, 0)
    rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting)
    moved = list(rows.queueing()[:free])
    for row in moved:
        move(row, State.CONFIRMED if row.state == State.WAITING else State.DRAWN, actor=None)
        write(SEAT, meeting, row)
    return len(moved)
