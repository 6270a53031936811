"""Meetings as the public reads them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from assises.accounts.models import Prefecture
from assises.look.templatetags.french import MONTHS
from assises.tenancy.context import as_prefecture
from consultations.meetings.words import when_of, where_of
from consultations.models import Consultation, Meeting, Theme

MONTH_SHOWN = 4


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
        "month": short_month(starts) if starts else "",
        "when": when_of(meeting, zone),
        "where": where_of(meeting),
        "is_over": is_over,
        "note": note_of(meeting, is_over=is_over),
    }


def short_month(starts: datetime) -> str:
    name = MONTHS[starts.month - 1]
    return name if len(name) <= MONTH_SHOWN else f"{name[:MONTH_SHOWN]}."


def note_of(meeting: Meeting, *, is_over: bool) -> str:
    """How one gets in, or what became of it."""
    if meeting.state == Meeting.State.CANCELLED:
        return "Annulée"
    if meeting.present_number:
        return f"{meeting.present_number}\u00a0présent{'s' if meeting.present_number > 1 else ''}"
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
