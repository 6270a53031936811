"""One door to a seat: first come, or a number for the draw. The meeting's row is the lock, its order the queue."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max

from assises import clock
from assises.tenancy.context import as_prefecture
from consultations.around.keys import hash_of, new_key
from consultations.meetings.mails import REGISTERED, write
from consultations.meetings.standing import counted
from consultations.models import Meeting, Registration

State = Registration.State
PATIENCE = timedelta(minutes=10)  # somebody who asks again at once is not written to again
A_DAY = timedelta(days=1)
MOST_BY_MAIL = 6  # a family or an office, not a room


@dataclass(frozen=True)
class Given:
    """What somebody typed, or said on the telephone."""

    name: str
    mail: str = ""
    telephone: str = ""
    organisation: str = ""
    audience: str = ""
    needs: str = ""
    identity: str = ""


class NotRegisteringError(Exception):
    """Registrations are not open at this moment, or the meeting was cancelled."""


class TooManyByMailError(Exception):
    """This address has registered enough people."""


def register(meeting: Meeting, given: Given, *, form_key: str) -> str:
    """Register a visitor; returns the state to show.

    Whoever sends the same form again (`form_key`) sees what they have. Whoever registers somebody who is registered
    already sees what a newcomer would, and a mail tells the truth to the address: nobody learns who comes.
    """
    with as_prefecture(meeting.prefecture_id):
        locked = lock(meeting)
        if not (locked.takes_registrations and locked.is_registering_at(clock.now())):
            raise NotRegisteringError
        rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=locked).living()
        if row := rows.filter(form_hash=hash_of(form_key)).first():
            return row.state
        by_mail = rows.filter(mail__iexact=given.mail)
        if row := by_mail.filter(name__iexact=given.name).first():
            write_again(locked, row)
            return state_of_next(locked)
        if by_mail.count() >= MOST_BY_MAIL:
            raise TooManyByMailError
        return add(locked, given, form_hash=hash_of(form_key)).state


def register_caller(meeting: Meeting, given: Given) -> Registration:
    """The team writes somebody in: the same queue, at any time before the meeting, by invitation too."""
    locked = lock(meeting)
    if locked.entry == Meeting.Entry.FREE or not locked.is_announced or locked.starts_at <= clock.now():
        raise NotRegisteringError
    return add(locked, given, is_by_staff=True)


def lock(meeting: Meeting) -> Meeting:
    """Everybody who wants a seat waits here, one after the other."""
    rows = Meeting.objects.for_prefecture(meeting.prefecture_id)
    there = rows.select_related("consultation__prefecture", "consultation__campaign", "commune", "arrondissement")
    return there.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)


def add(meeting: Meeting, given: Given, *, form_hash: str = "", is_by_staff: bool = False) -> Registration:
    now, key = clock.now(), new_key()
    row = Registration.objects.create(
        prefecture_id=meeting.prefecture_id,
        meeting=meeting,
        state=state_of_next(meeting),
        ticket=next_ticket(meeting),
        key=key,
        key_hash=hash_of(key),
        form_hash=form_hash,
        is_by_staff=is_by_staff,
        written_at=now,
        # Who registers on the last day has just read when and where.
        reminded_at=now if meeting.starts_at - now <= A_DAY else None,
        **vars(given),
    )
    write(REGISTERED, meeting, row)
    return row


def state_of_next(meeting: Meeting) -> str:
    """What a newcomer gets now; nobody passes before those who wait."""
    if not meeting.is_drawn_by_lot:
        return State.WAITING if counted(meeting).is_full else State.CONFIRMED
    if not is_drawn(meeting):
        return State.ENTERED
    return State.NOT_DRAWN if counted(meeting).is_full else State.DRAWN


def is_drawn(meeting: Meeting) -> bool:
    return meeting.draw.state == meeting.draw.State.DRAWN


def next_ticket(meeting: Meeting) -> int:
    """One, two, three: a cancelled number is not given again."""
    rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting)
    return (rows.aggregate(last=Max("ticket"))["last"] or 0) + 1


def write_again(meeting: Meeting, row: Registration) -> None:
    now = clock.now()
    if row.written_at is None or now - row.written_at >= PATIENCE:
        Registration.objects.for_prefecture(meeting.prefecture_id).filter(pk=row.pk).update(written_at=now)
        write(REGISTERED, meeting, row)
