"""The passages of all statements in one order, and what people decided about each."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from syntheses.analysis.corpus import level
from syntheses.analysis.shape import Decisions, Group, Name, Said
from syntheses.analysis.split import passages

Decision = TypeVar("Decision")

# Folded: answers that hold no more than that something was to be filled in.
NOTHING = re.compile(
    r"(?:r ?a ?s|rien(?: (?:a (?:signaler|dire|ajouter|declarer|redire)|de (?:plus|special|particulier)|du tout))?"
    r"|neant|nada|aucune?(?: (?:idee|avis|remarque|opinion|commentaire|proposition|constat|observation)s?)?"
    r"|sans (?:avis|opinion|objet|reponse)|pas d'(?:avis|idee|opinion)s?|n ?/ ?a|nsp+|so|s\.o"
    r"|pas de (?:proposition|remarque|commentaire|constat|reponse|avis)s?|je ne sais pas|ne sais pas|sais pas|idem"
    r"|voir (?:plus haut|ci-dessus|au-dessus|precedemment|reponse precedente)|deja dit"
    r"|comme (?:plus haut|ci-dessus|dit plus haut)|x+|test(?: test)*|essai|bonjour|merci|ok)"
)
EDGES = " \t\r\n.,;:!?…-–—_*/\\()[]\"'«»\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a statement, or the whole of it."""

    said: Said
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.said.text[self.start : self.end]

    @property
    def name(self) -> Name:
        return Name(self.said.contribution, self.said.position, self.start)


@dataclass(frozen=True)
class Decided:
    """Decisions by the number of the passage."""

    themes: Mapping[int, tuple[str, ...]]
    kinds: Mapping[int, str]
    groups: Mapping[int, str]
    made: Mapping[str, Group]


def divided(said: Sequence[Said]) -> list[Passage]:
    """Every passage, sorted by name: the order of arrival is forgotten here."""
    ordered = sorted(said, key=lambda one: one.name)
    return [Passage(one, start, end) for one in ordered for start, end in passages(one.text)]


def says_nothing(text: str) -> bool:
    """« RAS », « ? », « voir plus haut »: received and read, without content."""
    if len(text) > 60:  # noqa: PLR2004 (longer than any of these)
        return not any(map(str.isalnum, text))
    said = level(text).strip(EDGES)
    return not any(map(str.isalpha, said)) or NOTHING.fullmatch(said) is not None


def resolved(decisions: Decisions, parts: Sequence[Passage]) -> Decided:
    """Each decision goes to the passage that holds the place where the old one began."""
    decided = {name[:2] for of in (decisions.themes, decisions.kinds, decisions.groups) for name in of}
    rows: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row, part in enumerate(parts):
        if part.said.name in decided:
            rows[part.said.name].append(row)

    def by_row(of: Mapping[Name, Decision]) -> dict[int, Decision]:
        found: dict[int, tuple[bool, Decision]] = {}
        for name in sorted(of):
            row = holder(rows.get(name[:2], ()), parts, name.start)
            if row is not None:
                is_exact = parts[row].start == name.start
                if row not in found or (is_exact and not found[row][0]):
                    found[row] = is_exact, of[name]
        return {row: decision for row, (_, decision) in found.items()}

    return Decided(by_row(decisions.themes), by_row(decisions.kinds), by_row(decisions.groups), decisions.made)


def holder(rows: Sequence[int], parts: Sequence[Passage], start: int) -> int | None:
    """The passage of a statement that holds a place; the last one for a place after its end."""
    return next((row for row in reversed(rows) if parts[row].start <= start), None)
