"""Sends a draft's address to whoever writes in it, once: the mail address is kept nowhere after."""

from assises.outbox.post import post
from assises.tenancy.context import as_prefecture
from consultations.models import Consultation

KIND = "draft_address"  # assises/outbox/deliver.py forgets this kind of mail as soon as it has left


def mail_draft(consultation: Consultation, address: str, *, to: str) -> None:
    """Visitors may owe no mail: it is done as the prefecture, behind this one function."""
    office = consultation.prefecture
    with as_prefecture(office):
        post(
            kind=KIND, to=to, prefecture=office, campaign=consultation.campaign, consultation=consultation, link=address
        )
