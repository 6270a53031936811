"""Meetings for a calendar program (RFC 5545). Pure text: lines of at most 75 octets, moments in universal time."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings

from consultations.meetings.words import access_of, where_of
from consultations.models import Meeting

LONGEST_LINE = 75
STATUS = {Meeting.State.PUBLISHED: "CONFIRMED", Meeting.State.CANCELLED: "CANCELLED"}


def calendar(name: str, meetings: Iterable[Meeting], now: datetime) -> bytes:
    """Those whose hours are known. The same meeting keeps its UID, and each announced change raises its SEQUENCE."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Concertations departementales//FR", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT4H"]
    for meeting in meetings:
        if meeting.starts_at:
            lines += event(meeting, now)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines).encode()


def event(meeting: Meeting, now: datetime) -> list[str]:
    page = settings.BASE_URL + meeting.get_absolute_url()
    host = settings.BASE_URL.partition("://")[2].partition(":")[0]
    said = [meeting.cancelled_reason, meeting.purpose, *access_of(meeting), meeting.access_note, page]
    return [
        "BEGIN:VEVENT",
        f"UID:reunion-{meeting.prefecture_id}-{meeting.pk}@{host}",
        f"SEQUENCE:{meeting.revision}",
        f"DTSTAMP:{stamp(now)}",
        f"DTSTART:{stamp(meeting.starts_at)}",
        f"DTEND:{stamp(meeting.ends_at)}",
        f"SUMMARY:{escaped(meeting.title)}",
        f"LOCATION:{escaped(where_of(meeting))}",
        f"DESCRIPTION:{escaped(chr(10).join(part for part in said if part))}",
        f"URL:{page}",
        f"STATUS:{STATUS[Meeting.State(meeting.state)]}",
        "END:VEVENT",
    ]


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """A long line goes on after a line break and a space, never inside a letter."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)
