"""Sends an attestation to one address, once: the address is not kept beside what was said, nor in the outbox after."""

from assises.outbox.post import post
from assises.tenancy.context import as_prefecture
from contributions.attestation import address_of
from contributions.models import Contribution

KIND = "attestation"  # assises/outbox/deliver.py forgets this kind of mail as soon as it has left


def mail_attestation(contribution: Contribution, code: str, *, to: str) -> None:
    """Visitors may owe no mail: it is done as the prefecture, behind this one function."""
    office = contribution.prefecture
    with as_prefecture(office):
        post(
            kind=KIND,
            to=to,
            prefecture=office,
            campaign=contribution.consultation.campaign,
            consultation=contribution.consultation,
            contribution=contribution,
            code=code,
            link=address_of(contribution, code),
        )
