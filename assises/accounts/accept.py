"""Taking up an invitation: the person exists or is made, joins the team, and the invitation is spent."""

from dataclasses import dataclass

import pghistory
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from assises.accounts.invite import read_link
from assises.accounts.models import Invitation, Membership, User
from assises.jobs.run import scope_of
from assises.workflow import move

OPEN, EXPIRED, SUPERSEDED, CANCELLED, USED = "open", "expired", "superseded", "cancelled", "used"


@dataclass(frozen=True)
class Offer:
    """An invitation as its link shows it: `state` says whether it can be taken up, or why not."""

    invitation: Invitation
    state: str
    person: User | None


def find_offer(link: str) -> Offer | None:
    """What a link offers; None when the link is not one of ours, or not whole."""
    content = read_link(link)
    if content is None:
        return None
    with scope_of(content.prefecture):
        waiting = Invitation.objects.for_prefecture(content.prefecture or None).filter(pk=content.number)
        invitation = waiting.with_expiry().select_related("prefecture", "invited_by").first()
    if invitation is None:
        return None
    person = User.objects.filter(email=invitation.email).first()
    return Offer(invitation, _state_of(invitation, content.serial), person)


def _state_of(invitation: Invitation, serial: int) -> str:
    if invitation.state == Invitation.State.ACCEPTED:
        return USED
    if invitation.state == Invitation.State.CANCELLED:
        return CANCELLED
    if invitation.serial != serial:
        return SUPERSEDED
    return EXPIRED if invitation.has_expired else OPEN


class PersonExistsError(Exception):
    """The account has been made meanwhile: the same form sent twice."""


def make_person(invitation: Invitation, *, full_name: str, password: str) -> User:
    """An account for somebody who has none: the mail that brought them here proves their mailbox."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email=invitation.email, password=password, full_name=full_name.strip())
    except IntegrityError as error:
        raise PersonExistsError(invitation.email) from error


def accept(invitation: Invitation, *, person: User) -> Membership:
    """Join the team in the role that was offered. Somebody who is already of the team takes the new role."""
    team = invitation.prefecture_id
    who = {"person": person.pk, "name": person.get_full_name()}
    with scope_of(team or ""), transaction.atomic(), pghistory.context(**who):
        move(invitation, Invitation.State.ACCEPTED, actor=person)
        membership = Membership.objects.for_prefecture(team).filter(user=person).first()
        if membership is None:
            membership = Membership.objects.create(prefecture_id=team, user=person, role=invitation.role)
        elif membership.role != invitation.role:
            membership.role = invitation.role
            membership.save(update_fields=["role"])
    facts = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults=facts)
    return membership
