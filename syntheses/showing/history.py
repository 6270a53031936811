"""What people decided about a text, one after the other, also what was decided otherwise since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contributions.models import Statement
from syntheses.models import Decision, Grouping
from syntheses.models.reading import Nature
from syntheses.showing.words import OFF

About = Decision.About


@dataclass(frozen=True)
class Step:
    at: datetime
    by: str
    text: str
    proposed: str = ""


def history_of(statement: Statement, titles: Mapping[str, str]) -> list[Step]:
    """The latest first; kept by triggers of the database, so that no page can forget to."""
    events = Decision.pgh_event_model.objects.filter(prefecture_id=statement.prefecture_id, statement_id=statement.pk)
    rows = list(events.order_by("-pgh_id"))
    groups = labels_of({row.grouping_id for row in rows if row.grouping_id})
    return [
        Step(row.pgh_created_at, author_of(row), said_of(row, titles, groups), proposed_of(row, titles)) for row in rows
    ]


def author_of(row: Any) -> str:
    return (row.pgh_context or {}).get("name") or "Le portail"


def labels_of(numbers: set[int]) -> dict[int, str]:
    return dict(Grouping.objects.filter(pk__in=numbers).values_list("pk", "label")) if numbers else {}


def said_of(row: Any, titles: Mapping[str, str], groups: Mapping[int, str]) -> str:
    if row.pgh_label == "delete":
        return f"Décision défaite ({About(row.about).label})"
    return value_of(row, titles, groups.get(row.grouping_id or 0, ""))


def value_of(decision: Any, titles: Mapping[str, str], group: str) -> str:
    """« Thème : L’accueil »."""
    if decision.about == About.THEME:
        names = [titles.get(key, key) for key in decision.themes]
        return f"Thème\u00a0: {', '.join(names) if names else 'hors sujet'}"
    if decision.about == About.KIND:
        return f"Nature\u00a0: {Nature(decision.kind).label}"
    return f"Idée\u00a0: {group}" if decision.grouping_id else "Hors de toute idée"


def proposed_of(decision: Any, titles: Mapping[str, str]) -> str:
    """What the machine had proposed before anybody decided, and how sure it was."""
    proposed = decision.proposed or {}
    if decision.about == About.THEME:
        names = [titles.get(key, key) for key in proposed.get("themes", [])]
        return f"{', '.join(names) or OFF} ({proposed.get('sure', 0)}\u202f%)"
    if decision.about == About.KIND and proposed.get("kind") in Nature.values:
        return f"{Nature(proposed['kind']).label} ({proposed.get('sure', 0)}\u202f%)"
    return ""
