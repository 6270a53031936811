"""Ideas as cards: label, counts with and without echoes, quotes, who chose, how alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from consultations.models import Consultation
from contributions.models import Channel, Statement
from syntheses.models import Grouping, Idea, Reading
from syntheses.showing.passages import may_be_quoted, readings_of
from syntheses.showing.words import level, source_of

QUOTES = 2
NAMES = {
    Statement.Kind.FINDING: "Constat regroupé",
    Statement.Kind.PROPOSAL: "Proposition regroupée",
}


@dataclass(frozen=True)
class IdeaShown:
    idea: Idea
    by: str  # who chose its label; empty: the machine
    quotes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{NAMES[Statement.Kind(self.idea.kind)]} n°\u00a0{self.idea.position}"

    @property
    def sure(self) -> str:
        return level(self.idea.sure)

    @property
    def once(self) -> int:
        """How many passages when each text that came again counts once; nothing when none did."""
        return self.idea.without_echoes if self.idea.without_echoes < self.idea.passages else 0

    @property
    def channels(self) -> list[tuple[str, int]]:
        counted: Mapping[str, int] = self.idea.of.get("channel", {})
        found = [(str(label), counted.get(value, 0)) for value, label in Channel.choices]
        return sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1])


def ideas_shown(consultation: Consultation, ideas: Iterable[Idea], *, quotes: int = QUOTES) -> list[IdeaShown]:
    """Two more statements: who named them, and the words of their quotes."""
    rows = list(ideas)
    authors = authors_of(consultation, rows)
    words = quotes_of(consultation, rows, quotes)
    return [IdeaShown(idea, authors.get(idea.key, ""), words.get(idea.key, [])) for idea in rows]


def authors_of(consultation: Consultation, ideas: list[Idea]) -> dict[str, str]:
    keys = [idea.key for idea in ideas if idea.by_person]
    if not keys:
        return {}
    made = Grouping.objects.of(consultation).filter(key__in=keys)
    return dict(made.values_list("key", "by__full_name"))


def quotes_of(consultation: Consultation, ideas: list[Idea], most: int) -> dict[str, list[dict[str, Any]]]:
    """The first quotes of each that may still be quoted, in their order."""
    wanted = {statement for idea in ideas for statement in idea.quotes}
    if not wanted:
        return {}
    found: dict[tuple[int, str], Reading] = {}
    for one in readings_of(consultation).filter(statement__in=wanted).order_by("-start"):
        if may_be_quoted(one):
            found[one.statement_id, one.idea_key] = one
    zone = consultation.prefecture.zone
    quotes: dict[str, list[dict[str, Any]]] = {}
    for idea in ideas:
        own = [found[pk, idea.key] for pk in idea.quotes if (pk, idea.key) in found]
        quotes[idea.key] = [
            {
                "text": one.statement.text[one.start : one.end].strip(),
                "source": source_of(one.statement.contribution, zone),
                "reading": one,
            }
            for one in own[:most]
        ]
    return quotes
