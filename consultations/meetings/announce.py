"""A meeting is announced, changed or cancelled: the public reads it, followers and whoever is registered are told."""

from datetime import datetime
from typing import Any

from django.conf import settings

from assises import clock
from assises.workflow import move
from consultations.around.announce import announce
from consultations.meetings import mails
from consultations.meetings.draw import commit
from consultations.meetings.leave import move_up
from consultations.meetings.words import when_of, where_of
from consultations.models import Consultation, Meeting, Registration, ReservePeriod
from consultations.steering.planning import reserve_in_words, warnings_on

# What somebody who comes must hear of when it changes.
TOLD = {
    "starts_at": "la date ou l’heure",
    "ends_at": "la date ou l’heure",
    "when_said": "la date ou l’heure",
    "place": "le lieu",
    "address": "le lieu",
    "commune": "le lieu",
}


class NotReadyError(Exception):
    """Something is missing; `missing` says what, in French."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


class NoReasonError(Exception):
    """The public must be told why."""


def missing(meeting: Meeting) -> list[str]:
    """What the public must be able to read."""
    found = []
    if meeting.consultation.state == Consultation.State.WITHDRAWN:
        found.append("Une concertation qui n’est pas retirée")
    if meeting.starts_at is None and not meeting.when_said:
        found.append("Quand\u00a0: un jour et des heures, ou des mots qui le disent")
    if not (meeting.place or meeting.commune or meeting.arrondissement):
        found.append("Où\u00a0: un lieu, une commune ou un arrondissement")
    if meeting.entry != Meeting.Entry.FREE and not meeting.is_by_invitation and is_late(meeting, clock.now()):
        found.append("Une clôture des inscriptions à venir")
    return found


def is_late(meeting: Meeting, now: datetime) -> bool:
    return meeting.registration_ends_at is not None and meeting.registration_ends_at <= now


def warnings(meeting: Meeting) -> list[str]:
    """Why this day is a poor one. Never more than a warning."""
    if meeting.starts_at is None:
        return []
    office = meeting.consultation.prefecture
    day = meeting.starts_at.astimezone(office.zone).date()
    return warnings_on(day, list(ReservePeriod.objects.all()), department=office.code)


def reserves_ahead(meeting: Meeting) -> list[str]:
    """Known before a day is chosen."""
    today = meeting.consultation.prefecture.today()
    return [reserve_in_words(reserve) for reserve in ReservePeriod.objects.filter(ends_on__gte=today)]


def publish(meeting: Meeting, *, actor: Any) -> None:
    """Announce it; with a draw, publish beforehand what its seed cannot differ from."""
    if lacking := missing(meeting):
        raise NotReadyError(lacking)
    commitment = commit(meeting) if meeting.is_drawn_by_lot else ""
    state = Meeting.State.PUBLISHED
    move(meeting, state, actor=actor, published_at=clock.now(), draw_commitment=commitment)
    is_past = meeting.starts_at is None or meeting.starts_at <= clock.now()
    if meeting.consultation.is_published and not is_past:
        announce(meeting.consultation, f"Réunion\u00a0: {meeting.title}", in_a_line(meeting))


def in_a_line(meeting: Meeting) -> str:
    when, where = when_of(meeting, meeting.consultation.prefecture.time_zone), where_of(meeting)
    page = settings.BASE_URL + meeting.get_absolute_url()
    return f"{when[:1].upper()}{when[1:]}. {where}. {page}"


def change(meeting: Meeting, changed: list[str]) -> int:
    """After an edit was stored: new seats are given, and what matters to those who come is told. How many mails."""
    if not meeting.is_announced:
        return 0
    move_up(meeting)
    what = sorted({TOLD[name] for name in changed if name in TOLD})
    if not what:
        return 0
    meeting.revision += 1
    rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting)
    rows.update(reminded_at=None)
    meeting.save(update_fields=["revision"])
    if meeting.consultation.is_published:
        announce(meeting.consultation, f"Réunion modifiée\u00a0: {meeting.title}", in_a_line(meeting))
    return tell_all(mails.CHANGED, meeting, what=" et ".join(what))


def cancel(meeting: Meeting, reason: str, *, actor: Any) -> int:
    """Cancel for good, say why, tell everybody; returns how many registered people are written to."""
    reason = reason.strip()
    if not reason:
        raise NoReasonError
    revision = meeting.revision + 1
    move(meeting, Meeting.State.CANCELLED, actor=actor, comment=reason, cancelled_reason=reason, revision=revision)
    if meeting.consultation.is_published:
        announce(meeting.consultation, f"Réunion annulée\u00a0: {meeting.title}", f"{in_a_line(meeting)} {reason}")
    return tell_all(mails.CANCELLED, meeting)


def cancel_to_come(consultation: Consultation, reason: str, *, actor: Any) -> None:
    """With their concertation; whoever is registered is told, followers read it once."""
    rows = Meeting.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    facts = ("consultation__prefecture", "consultation__campaign", "commune", "arrondissement")
    for meeting in rows.to_come_at(clock.now()).select_related(*facts):
        cancel(meeting, reason, actor=actor)


def tell_all(kind: str, meeting: Meeting, **more: Any) -> int:
    rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting).living().exclude(mail="")
    for row in rows:
        mails.write(kind, meeting, row, **more)
    return len(rows)
