"""What is not quoted until somebody has looked at it, and why. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from contributions.models import Flag, Statement
from contributions.safety.personal import is_in
from contributions.safety.urgent import urgent_in


class Passage(Protocol):
    """What is read of a passage."""

    @property
    def text(self) -> str: ...


def reason(text: str) -> str:
    """Why these words are not quoted yet; nothing for most."""
    if urgent_in(text):
        return str(Statement.Withheld.URGENT)
    return str(Statement.Withheld.PERSONAL) if is_in(text) else ""


def reasons(passages: Iterable[Passage]) -> list[str]:
    """For each passage, in their order."""
    return [reason(passage.text) for passage in passages]


def flags(answers: Mapping[str, Any], found: Iterable[str]) -> list[str]:
    """Whether something calls for help: in passages, whose reasons were found, or in an answer of several words."""
    written = [value for value in answers.values() if isinstance(value, str) and " " in value]
    is_urgent = Statement.Withheld.URGENT in found or any(urgent_in(text) for text in written)
    return [str(Flag.URGENT)] if is_urgent else []
