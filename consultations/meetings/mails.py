"""What people who come to a meeting are written: each mail with the facts of the meeting and a way out."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from assises.outbox.models import OutboundMail
from assises.outbox.post import post
from consultations.around.contact import contact_of
from consultations.meetings.words import access_of, when_of, where_of
from consultations.models import Meeting, Registration

REGISTERED, SEAT, DRAWN = "meeting_registered", "meeting_seat", "meeting_drawn"
REMINDER, CHANGED, CANCELLED = "meeting_reminder", "meeting_changed", "meeting_cancelled"
KINDS = (REGISTERED, SEAT, DRAWN, REMINDER, CHANGED, CANCELLED)


def facts_of(meeting: Meeting) -> dict[str, Any]:
    consultation = meeting.consultation
    office = consultation.prefecture
    return {
        "meeting": meeting,
        "consultation": consultation,
        "campaign": consultation.campaign,
        "when": when_of(meeting, office.time_zone),
        "where": where_of(meeting),
        "access": access_of(meeting),
        "contact": contact_of(consultation),
        "page": settings.BASE_URL + meeting.get_absolute_url(),
    }


def link_of(meeting: Meeting, registration: Registration) -> str:
    """Their own page: what they have, and the button that gives it back."""
    consultation = meeting.consultation
    where = [consultation.prefecture.slug, consultation.campaign.slug, meeting.pk, registration.key]
    return settings.BASE_URL + reverse("meeting_registration", args=where)


def write(kind: str, meeting: Meeting, registration: Registration, **more: Any) -> None:
    """One mail; somebody without an address was called."""
    if not registration.mail:
        return
    post(
        kind=kind,
        to=registration.mail,
        prefecture=meeting.consultation.prefecture,
        registration=registration,
        link=link_of(meeting, registration),
        **facts_of(meeting),
        **more,
    )


def forget_mails(prefecture: str, addresses: list[str]) -> None:
    """What was given up or has left keeps neither address nor words."""
    done = OutboundMail.objects.for_prefecture(prefecture).filter(kind__in=KINDS, to__in=[a for a in addresses if a])
    done.filter(done_at__isnull=False).update(to="", text="", html="")
    done.filter(given_up_at__isnull=False).update(to="", text="", html="")
