"""The ministry answers what was transmitted: it acknowledges, or returns with a reason. The prefecture is told."""

from typing import Any

from assises import clock
from assises.outbox.post import post
from assises.workflow import move
from syntheses.models import Synthesis


def acknowledge(synthesis: Synthesis, *, actor: Any) -> None:
    move(synthesis, Synthesis.State.ACKNOWLEDGED, actor=actor, answered_at=clock.now())
    tell(synthesis, "synthesis_acknowledged")


def send_back(synthesis: Synthesis, *, actor: Any, reason: str) -> None:
    move(synthesis, Synthesis.State.RETURNED, actor=actor, comment=reason, answered_at=clock.now())
    tell(synthesis, "synthesis_returned", reason=reason)


def tell(synthesis: Synthesis, kind: str, **words: Any) -> None:
    """A mail of the ministry to the prefecture's functional mailbox, when it has one; its pages say the same."""
    office = synthesis.consultation.prefecture
    if office.functional_email:
        post(
            kind=kind,
            to=office.functional_email,
            synthesis=synthesis,
            campaign=synthesis.consultation.campaign,
            office=office,
            **words,
        )
