"""What a meeting asks of the team: a list before, a draw, numbers afterwards."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from assises import clock
from consultations.meetings.words import when_of
from consultations.models import Draw, Meeting

TWO_DAYS = timedelta(days=2)
A_MONTH = timedelta(days=30)  # who has not counted by then never will


def meeting_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """For whoever opens the door and for whoever decides; a draw is the editor's."""
    if not {"agent", "editor"} & set(request.roles):
        return []
    now = clock.now()
    soon = Q(starts_at__gt=now, starts_at__lte=now + TWO_DAYS, list_printed_at=None) & ~Q(entry=Meeting.Entry.FREE)
    uncounted = Q(ends_at__lte=now, ends_at__gt=now - A_MONTH, present__isnull=True)
    to_draw = Q(entry=Meeting.Entry.LOT, draws__state=Draw.State.READY, ends_at__gt=now)
    rows = Meeting.objects.for_prefecture(request.prefecture).filter(soon | uncounted | to_draw, state="published")
    found = rows.select_related("consultation__campaign").prefetch_related("draws").in_order()
    return [task for meeting in found for task in tasks_of(meeting, now, request)]


def tasks_of(meeting: Meeting, now: datetime, request: HttpRequest) -> list[dict[str, Any]]:
    here = [request.prefecture.slug, meeting.consultation.campaign.slug, meeting.pk]
    when = when_of(meeting, request.prefecture.time_zone)
    note = f"{meeting.title}, {when}."
    found = []
    if meeting.ends_at <= now:
        found.append(
            task("présents à compter après une réunion", note, reverse("meeting_presents", args=here), "Compter")
        )
    elif meeting.starts_at - now <= TWO_DAYS and meeting.list_printed_at is None and meeting.starts_at > now:
        found.append(
            task("liste de présence à préparer", note, reverse("meeting_attendance", args=here), "Ouvrir", late=True)
        )
    is_due = meeting.is_drawn_by_lot and meeting.draw.state == Draw.State.READY and meeting.registration_ends_at <= now
    if is_due and meeting.ends_at > now and "editor" in request.roles:
        found.append(
            task("tirage au sort à faire", note, reverse("meeting_draw", args=here), "Tirer au sort", late=True)
        )
    return found


def task(title: str, note: str, url: str, action: str, *, late: bool = False) -> dict[str, Any]:
    return {"number": 1, "title": title, "note": note, "url": url, "action": action, "late": late}
