"""The validated version goes to the ministry: from then on it reads these bytes, which stay."""

from typing import Any

from assises import clock
from assises.workflow import move
from consultations.around.announce import announce
from syntheses.models import Synthesis, Transmission


def transmit(synthesis: Synthesis, *, actor: Any) -> Transmission:
    """Transmit the version that was validated, and no other."""
    move(synthesis, Synthesis.State.TRANSMITTED, actor=actor, transmitted_at=clock.now(), answered_at=None)
    synthesis.refresh_from_db(fields=["document"])
    announce(
        synthesis.consultation,
        "La synthèse est transmise au ministère",
        "La préfecture a lu et regroupé les contributions, et la synthèse est signée. Ses suites seront dites sur "
        "la page du département.",
    )
    return Transmission.objects.create(
        prefecture_id=synthesis.prefecture_id,
        synthesis=synthesis,
        document_id=synthesis.document_id,
        by=actor,
        at=synthesis.transmitted_at,
    )
