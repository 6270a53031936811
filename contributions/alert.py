"""Tells the team at once that somebody may be in danger, or that a crime was reported."""

from django.conf import settings
from django.urls import reverse

from assises.outbox.post import post
from assises.tenancy.context import as_prefecture
from consultations.models import Consultation


def alert(consultation: Consultation) -> None:
    """A mail to the functional mailbox, without a word of what was said; the rest is « À faire aujourd’hui »."""
    office = consultation.prefecture
    if not office.functional_email:
        return
    address = reverse("withheld", args=[office.slug, consultation.campaign.slug])
    with as_prefecture(office):
        post(
            kind="urgent_words",
            to=office.functional_email,
            prefecture=office,
            campaign=consultation.campaign,
            link=settings.BASE_URL + address,
        )
