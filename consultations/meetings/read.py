"""Meetings as the public reads them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from assises.accounts.models import Prefecture
from assises.tenancy.context import as_prefecture
from consultations.meetings.words import present_in_words, when_of, where_of
from consultations.models import Consultation, Meeting, Theme

SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def shown_in(prefecture: Prefecture) -> QuerySet[Meeting]:
    """Every meeting of a department that was announced, of a concertation that was published."""
    rows = Meeting.objects.for_prefecture(prefecture).shown().exclude(consultation__published_at=None)
    facts = ("consultation__campaign", "consultation__prefecture", "commune", "arrondissement")
    return rows.select_related(*facts).in_order()


def lines_of(meetings: QuerySet[Meeting], now: datetime) -> list[dict[str, Any]]:
    """For a list."""
    return [line_of(meeting, now) for meeting in meetings]


def line_of(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """The day as a date, the rest in words."""
    zone = meeting.consultation.prefecture.zone
    starts = meeting.starts_at.astimezone(zone) if meeting.starts_at else None
    # Without a day it is over with its concertation.
    is_over = meeting.is_over_at(now) or (starts is None and meeting.consultation.has_closed_at(now))
    return {
        "meeting": meeting,
        "day": str(starts.day) if starts else "",
        "month": SHORT_MONTHS[starts.month - 1] if starts else "",
        "when": when_of(meeting, zone),
        "where": where_of(meeting),
        "is_over": is_over,
        "url": meeting.get_absolute_url(),
        # Without a day it stands among those of its concertation.
        "at": meeting.starts_at or meeting.consultation.closes_at,
        "note": note_of(meeting, is_over=is_over),
    }


def note_of(meeting: Meeting, *, is_over: bool) -> str:
    """How one gets in, or what became of it."""
    if meeting.state == Meeting.State.CANCELLED:
        return "Annulée"
    if said := present_in_words(meeting.present_number):
        return said
    if is_over:
        return "A eu lieu"
    if meeting.is_by_invitation:
        return "Sur invitation"
    return "Entrée libre" if meeting.entry == Meeting.Entry.FREE else "Sur inscription"


def theme_titles(consultation: Consultation) -> dict[str, str]:
    """By key. A concertation held in meetings alone has themes that no questionnaire shows."""
    with as_prefecture(consultation.prefecture_id):
        rows = Theme.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
        return dict(rows.values_list("key", "title"))
