"""A page cut where visitors' words go, and put together again: the one place that escapes them. Pure."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

DRAFT = 0  # the number of the slot that every page has: the draft's key, in its addresses


class Slots:
    """Words that no page can hold by chance, to be rendered in place of values: letters and digits only."""

    def __init__(self) -> None:
        self.token = f"slot{secrets.token_hex(16)}n"

    def slot(self, number: int) -> str:
        return f"{self.token}{number}z"

    def cut(self, html: str) -> "Pieces":
        """The page around its slots; a value may stand in several places, or in none."""
        parts = re.split(rf"{self.token}(\d+)z", html)
        following = (part.encode() for part in parts[2::2])
        return Pieces(parts[0].encode(), tuple(zip(map(int, parts[1::2]), following, strict=True)))


@dataclass(frozen=True)
class Pieces:
    """How the page begins; then the number of a value and what follows it, to the end. Bytes, as they are sent."""

    beginning: bytes
    rest: Sequence[tuple[int, bytes]]

    def filled(self, values: Mapping[int, str]) -> bytes:
        """As the template would have written it: each value escaped as Django does; one that is missing is empty."""
        escaped = {number: escape(value).encode() for number, value in values.items()}
        parts = [self.beginning]
        for number, following in self.rest:
            if number in escaped:
                parts.append(escaped[number])
            parts.append(following)
        return b"".join(parts)
