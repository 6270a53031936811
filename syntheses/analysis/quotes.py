"""Quotes that stand for an idea: typical, different from each other, clean, readable, permitted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from contributions.safety import personal

MOST = 5
SHORTEST, LONGEST = 25, 320
LOOKED_AT = 40  # the most typical ones; there are enough quotes among them
TOO_ALIKE = 70
SHOUTED = re.compile(r"[!?]{2,}|\b[A-ZÀ-Ý]{4,}\b.*\b[A-ZÀ-Ý]{4,}\b|(.)\1{4,}")
CAPITAL = re.compile(r"[A-ZÀ-ÝŒ]")
MOST_CAPITALS = 0.25
RUDE = re.compile(
    r"\b(?:connards?|connasses?|putains?|merdes?|encul\w+|salauds?|salopes?|batards?|bâtards?|racailles?|bougnoul\w*"
    r"|pd|pédés?|cons?|débiles?|abrutis?|ordures?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    passage: int
    text: str
    contribution: str
    echo: str


def chosen(candidates: Iterable[Candidate]) -> list[int]:
    """Up to five of the passages, which are given most typical first."""
    quotes: list[Candidate] = []
    for one in islice(candidates, LOOKED_AT):
        if len(quotes) == MOST:
            break
        if all(_differs(one, other) for other in quotes) and is_readable(one.text):
            quotes.append(one)
    return [quote.passage for quote in quotes]


def is_readable(text: str) -> bool:
    said = " ".join(text.split())
    if not SHORTEST <= len(said) <= LONGEST or SHOUTED.search(said) or RUDE.search(said):
        return False
    if len(CAPITAL.findall(said)) > MOST_CAPITALS * len(said):
        return False
    return not personal.is_in(said)


def _differs(one: Candidate, other: Candidate) -> bool:
    if one.contribution == other.contribution or (one.echo and one.echo == other.echo):
        return False
    return bool(fuzz.token_set_ratio(one.text, other.text) < TOO_ALIKE)
