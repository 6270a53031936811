"""The prefect validates one version, or takes the validation back before it is transmitted."""

from typing import Any

from assises import clock
from assises.workflow import move
from syntheses.models import Document, Synthesis, Transmission


class StaleVersionError(Exception):
    """The version is not the newest one, or is the one that the ministry returned."""


def version_to_validate(synthesis: Synthesis) -> Document | None:
    """The newest version; after a return, only one that is newer than what was returned."""
    rows = Document.objects.for_prefecture(synthesis.prefecture_id).filter(synthesis=synthesis)
    sent = Transmission.objects.for_prefecture(synthesis.prefecture_id).filter(synthesis=synthesis)
    newest = rows.without_content().order_by("-number").first()
    if newest is None or sent.filter(document__number__gte=newest.number).exists():
        return None
    return newest


def validate(synthesis: Synthesis, version: int, *, actor: Any) -> None:
    """Refused when somebody made a newer version since the page was shown: one validates what one has read."""
    newest = version_to_validate(synthesis)
    if newest is None or newest.number != version:
        raise StaleVersionError(f"Version {version} is not the one to validate")
    move(
        synthesis,
        Synthesis.State.VALIDATED,
        actor=actor,
        comment=f"version {newest.number}",
        document=newest,
        validated_at=clock.now(),
    )


def take_back(synthesis: Synthesis, *, actor: Any) -> None:
    """Not transmitted yet: back to work."""
    move(synthesis, Synthesis.State.DRAFT, actor=actor, document=None, validated_at=None)
