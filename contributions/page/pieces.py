"""A page cut where visitors' words go, and put together again: the one place that escapes them. Pure."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


class Slots:
    """Words that no page can hold by chance, to be rendered in place of values: letters and digits only."""

    def __init__(self) -> None:
        self.token = f"slot{secrets.token_hex(16)}n"

    def slot(self, number: int) -> str:
        return f"{self.token}{number}z"

    def cut(self, html: str) -> "Pieces":
        """The page around its slots; a value may stand in several places, or in none."""
        parts = re.split(rf"{self.token}(\d+)z", html)
        return Pieces(parts[0], tuple(zip(map(int, parts[1::2]), parts[2::2], strict=True)))


@dataclass(frozen=True)
class Pieces:
    """How the page begins; then the number of a value and what follows it, to the end."""

    beginning: str
    rest: Sequence[tuple[int, str]]

    def filled(self, values: Sequence[str]) -> str:
        """As the template would have written it: each value escaped as Django does."""
        parts = [self.beginning]
        for number, following in self.rest:
            value = values[number]
            parts += (escape(value), following) if value else (following,)
        return "".join(parts)
