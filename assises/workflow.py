"""Stored states record human decisions: declared moves, one at a time, each with its author.

class Invitation(Model):
    class State(TextChoices): …
    state = CharField(choices=State, …)
    TRANSITIONS = {State.PENDING: {State.ACCEPTED, State.CANCELLED}}

move(invitation, Invitation.State.CANCELLED, actor=request.user, comment="partie à la retraite")
"""

from typing import Any

from django.apps import apps
from django.db import models, transaction

from assises.tenancy.context import MINISTRY, current


class IllegalMoveError(Exception):
    """The row is not in a state from which this move is declared; nothing was changed."""

    def __init__(self, row: models.Model, before: str, after: str) -> None:
        super().__init__(f"{row._meta.label} {row.pk}: {before} → {after} is not declared")
        self.before, self.after = before, after


def move(row: Any, after: str, *, actor: Any, comment: str = "", **changes: Any) -> None:
    """Lock the row, check the move against `TRANSITIONS`, write it with its `changes`, log who and why."""
    with transaction.atomic():
        stored = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        before = stored.state
        if after not in row.TRANSITIONS.get(before, ()):
            row.state = before
            raise IllegalMoveError(row, before, after)
        for name, value in {**changes, "state": after}.items():
            setattr(row, name, value)
        row.save(update_fields=["state", *changes])
        apps.get_model("accounts", "StateChange").objects.create(
            prefecture_id=row.prefecture_id,
            subject=row._meta.label_lower,
            subject_id=str(row.pk),
            before=before,
            after=after,
            actor=actor,
            comment=comment,
            by_ministry=current().audience == MINISTRY,
        )


def changes_of(row: models.Model) -> models.QuerySet:
    """The logged moves of a row, oldest first."""
    log = apps.get_model("accounts", "StateChange")
    return log.objects.filter(subject=row._meta.label_lower, subject_id=str(row.pk)).order_by("pk")
