"""A published consultation is taken back: its page says so and why, what was received stays, nobody can answer."""

from typing import Any

from django.db import transaction

from assises.workflow import move
from consultations.around.announce import announce, keep_silent
from consultations.meetings.announce import cancel_to_come
from consultations.models import Consultation
from consultations.touch import touch


class NoReasonError(Exception):
    """The public must be told why."""


def withdraw(consultation: Consultation, reason: str, *, actor: Any) -> None:
    """Withdraw, keep the reason, tell the followers."""
    reason = reason.strip()
    if not reason:
        raise NoReasonError
    with transaction.atomic():
        move(consultation, Consultation.State.WITHDRAWN, actor=actor, comment=reason, withdrawn_reason=reason)
        keep_silent(consultation)
        cancel_to_come(consultation, reason, actor=actor)
        announce(consultation, "La concertation est retirée", reason)
        touch(consultation)
