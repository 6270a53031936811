"""The prefect lets a member of the team validate and transmit in their place, from one day to another."""

from datetime import date

from django.db.models.functions import Now

from assises.accounts.models import Delegation, Membership, User
from assises.outbox.post import post


def give(*, to: Membership, starts_on: date, ends_on: date, by: User) -> Delegation:
    """Write the delegation and tell the delegate."""
    delegation = Delegation.objects.create(
        prefecture_id=to.prefecture_id, given_to=to, given_by=by, starts_on=starts_on, ends_on=ends_on
    )
    post(
        kind="delegation",
        to=to.user.email,
        prefecture=to.prefecture,
        reply_to=by.email,
        delegation=delegation,
        given_by=by,
    )
    return delegation


def revoke(delegation: Delegation) -> None:
    """End it now; the days that it was in force remain in the history."""
    Delegation.objects.filter(pk=delegation.pk, revoked_at=None).update(revoked_at=Now())
