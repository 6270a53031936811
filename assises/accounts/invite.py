"""Inviting somebody by mail: the link is signed, names one sending of one invitation, and dies with the next one."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse

from assises.accounts.models import Invitation, Membership, Prefecture, User
from assises.outbox.post import post
from assises.tenancy.context import MINISTRY, current
from assises.workflow import IllegalMoveError, move

SALT = "assises.invitation"


class AlreadyInvitedError(Exception):
    """This address has an invitation that waits."""


class AlreadyMemberError(Exception):
    """The owner of this address is one of the team."""


@dataclass(frozen=True)
class LinkContent:
    prefecture: str
    number: int
    serial: int


def invite(*, prefecture: Prefecture | None, email: str, role: str, by: User) -> Invitation:
    """Write the invitation and owe its mail. The ministry invites a prefecture's first, who then invites the others."""
    email = email.strip().lower()
    if Membership.objects.for_prefecture(prefecture).filter(user__email=email).exists():
        raise AlreadyMemberError(email)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                prefecture=prefecture,
                email=email,
                role=role,
                invited_by=by,
                by_ministry=current().audience == MINISTRY,
                expires_at=Now() + settings.INVITATION_LASTS,
            )
    except IntegrityError as error:
        if "invitation_waits_once_an_address" not in str(error):
            raise
        raise AlreadyInvitedError(email) from error
    invitation.refresh_from_db()
    _send(invitation)
    return invitation


def send_again(invitation: Invitation, *, by: User) -> None:
    """A new link with a new term; the one in the former mail stops working."""
    with transaction.atomic():
        waiting = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if waiting.state != Invitation.State.PENDING:
            raise IllegalMoveError(waiting, waiting.state, Invitation.State.PENDING)
        waiting.serial, waiting.invited_by = F("serial") + 1, by
        waiting.sent_at, waiting.expires_at = Now(), Now() + settings.INVITATION_LASTS
        waiting.save(update_fields=["serial", "invited_by", "sent_at", "expires_at"])
        invitation.refresh_from_db()
        _send(invitation)


def send_expired_again(*, by: User) -> int:
    """The ministry chases, at once, every prefecture that let its invitation expire."""
    expired = Invitation.objects.waiting().expired().exclude(prefecture=None)
    for invitation in expired:
        send_again(invitation, by=by)
    return len(expired)


def cancel(invitation: Invitation, *, by: User, comment: str = "") -> None:
    """The link stops working; the address can be invited again."""
    move(invitation, Invitation.State.CANCELLED, actor=by, comment=comment)


def link_of(invitation: Invitation) -> str:
    content = [invitation.prefecture_id or "", invitation.pk, invitation.serial]
    return settings.BASE_URL + reverse("invitation", args=[signing.dumps(content, salt=SALT)])


def read_link(link: str) -> LinkContent | None:
    """What a link names, if it is one of ours and whole."""
    try:
        return LinkContent(*signing.loads(link, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _send(invitation: Invitation) -> None:
    sender: Any = None if current().audience == MINISTRY else invitation.prefecture
    post(
        kind="invitation",
        to=invitation.email,
        prefecture=sender,
        reply_to=invitation.invited_by.email,
        invitation=invitation,
        team=invitation.prefecture,
        link=link_of(invitation),
    )
