"""What a document says, before it has a form: plain data, from which the PDF and the page are both made.

A content is kept beside the file that was made of it, so it holds nothing but what JSON holds. Texts are what people
wrote, never markup: whoever gives them a form also makes them safe.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Heading:
    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Notice:
    """Something that must not be overlooked."""

    title: str
    text: str
    kind: str = "notice"


@dataclass(frozen=True)
class Figure:
    number: int
    label: str


@dataclass(frozen=True)
class Figures:
    """Numbers side by side, never added."""

    items: list[Figure]
    kind: str = "figures"


@dataclass(frozen=True)
class Bar:
    """One line of a table that is its own chart. `share` is in percent of the table's base; `width` of the longest."""

    label: str
    number: int
    width: int
    share: int | None = None


@dataclass(frozen=True)
class Bars:
    """`note` says what was counted: base of the percentages, missing answers."""

    caption: str
    head: str
    unit: str
    rows: list[Bar]
    total: Figure | None = None
    note: str = ""
    kind: str = "bars"


@dataclass(frozen=True)
class Quote:
    text: str
    source: str


@dataclass(frozen=True)
class Quotes:
    items: list[Quote]
    note: str = ""
    kind: str = "quotes"


Block = Heading | Paragraph | Notice | Figures | Bars | Quotes


@dataclass(frozen=True)
class Part:
    """A title in the margin, and the matter beside it."""

    title: str
    blocks: list[Block]
    aside: str = ""


@dataclass(frozen=True)
class Content:
    title: str
    office: str
    exercise: str
    version: str
    frozen: str
    lead: str
    date: date
    is_fictional: bool
    parts: list[Part] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """The same, as JSON keeps it."""
        return {**asdict(self), "date": self.date.isoformat()}


def bars(rows: list[tuple[str, int]], *, base: int | None = None) -> list[Bar]:
    """Lines in the order given; shares when there is a base."""
    longest = max((number for _, number in rows), default=0)
    return [
        Bar(
            label=label,
            number=number,
            width=rounded(number, longest),
            share=None if base is None else rounded(number, base),
        )
        for label, number in rows
    ]


def rounded(part: int, whole: int) -> int:
    """A percentage as a whole number, halves upwards; of nothing, nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0
