"""Who is of a team, in which role. A team always keeps somebody who can open its door to others."""

from django.db import transaction
from django.db.models.functions import Now

from assises.accounts.models import Delegation, Membership, Role


class LastOfRoleError(Exception):
    """The team would have nobody left to invite others: the administrator of a prefecture, the lead of the ministry."""


def change_role(member: Membership, *, role: str, title: str) -> None:
    """A new role, at once. Delegations that lean on the former one end."""
    with transaction.atomic():
        if role != keeper_of(member):
            keep_one(member)
        if role != member.role:
            end_delegations(member)
        member.role, member.title = role, title
        member.save(update_fields=["role", "title"])


def remove(member: Membership) -> None:
    """Take somebody out of the team; their account and what they did remain."""
    with transaction.atomic():
        keep_one(member)
        end_delegations(member)
        member.delete()


def keep_one(member: Membership) -> None:
    """Refuse when this is the last one who can open the door; two who leave at once wait for each other here."""
    role = keeper_of(member)
    keepers = Membership.objects.for_prefecture(member.prefecture_id).filter(role=role, user__is_active=True)
    left = list(keepers.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if left == [member.pk]:
        raise LastOfRoleError(role)


def keeper_of(member: Membership) -> str:
    return Role.ADMINISTRATOR if member.prefecture_id else Role.LEAD


def end_delegations(member: Membership) -> None:
    """What a prefect gave ends with their office, and what a member was given with theirs."""
    if member.prefecture_id is None:
        return
    standing = Delegation.objects.for_prefecture(member.prefecture_id).filter(revoked_at=None)
    standing.filter(given_to=member).update(revoked_at=Now())
    standing.filter(given_by=member.user_id).update(revoked_at=Now())
