"""What was decided on one contribution, told to whoever has its code; and undone when an appeal is accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import Truncator

from contributions.models import Contribution, Request, Statement

EXCERPT = 90
ASIDE = Statement.Withheld
NOT_QUOTED = "Un passage n’est pas cité"
REFUSED = {
    Request.Kind.ERASURE: "L’effacement a été refusé",
    Request.Kind.OBJECTION: "Ne plus être cité a été refusé",
}


@dataclass(frozen=True)
class Decision:
    """In words; `excerpt` are the person's own. What is not a person's choice cannot be contested."""

    title: str
    text: str
    excerpt: str = ""
    at: datetime | None = None
    may_be_contested: bool = False


def decisions_on(
    contribution: Contribution, statements: Iterable[Statement], requests: Iterable[Request]
) -> list[Decision]:
    """Passages kept from being quoted, then what was asked and refused."""
    found = [on_passage(statement) for statement in statements if statement.withheld]
    if contribution.unquoted_at:
        return found
    return found + [
        Decision(REFUSED[Request.Kind(asked.kind)], asked.answer, at=asked.answered_at, may_be_contested=True)
        for asked in requests
        if asked.state == Request.State.REFUSED and asked.kind in REFUSED
    ]


def on_passage(statement: Statement) -> Decision:
    excerpt = Truncator(statement.text).chars(EXCERPT)
    if statement.withheld == ASIDE.URGENT:
        return Decision(
            NOT_QUOTED,
            "Il parle d’un danger ou d’une infraction\u00a0: de tels passages sont lus, comptés, et jamais cités.",
            excerpt,
        )
    if statement.looked_at is None:
        text = "Il semble contenir des données personnelles. Il est compté, et sera cité si quelqu’un l’accepte."
        return Decision("Un passage attend d’être relu", text, excerpt)
    text = "La préfecture y a vu des données personnelles. Il est compté comme les autres."
    return Decision(NOT_QUOTED, text, excerpt, at=statement.looked_at, may_be_contested=True)


def contestable(decisions: Iterable[Decision]) -> list[Decision]:
    return [decision for decision in decisions if decision.may_be_contested]


def release(contribution: Contribution, *, actor: Any, moment: datetime) -> None:
    """Passages that somebody kept aside may be quoted after all; those of danger never."""
    rows = Statement.objects.for_prefecture(contribution.prefecture_id).filter(contribution=contribution)
    kept = rows.filter(withheld=ASIDE.PERSONAL, looked_at__isnull=False)
    kept.update(withheld="", looked_at=moment, looked_by=actor)
