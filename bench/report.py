"""The table of PROOF: what was measured, what must hold, what is aimed at. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Goal:
    """One line of the table; `at_most` when less is better. Without `must` it is told, not judged."""

    label: str
    value: float
    must: float | None = None
    aim: float | None = None
    unit: str = ""
    at_most: bool = False
    note: str = ""

    def reaches(self, limit: float | None) -> bool:
        if limit is None:
            return True
        return self.value <= limit if self.at_most else self.value >= limit

    @property
    def verdict(self) -> str:
        if not self.reaches(self.must):
            return "NON"
        if self.must is None and self.aim is None:
            return ""
        return "oui, visé" if self.reaches(self.aim) else "oui"


def all_hold(goals: Sequence[Goal]) -> bool:
    return all(goal.reaches(goal.must) for goal in goals)


def table(goals: Sequence[Goal]) -> str:
    head = ("mesure", "valeur", "doit", "vise", "tient", "")
    rows = [
        head,
        *((g.label, number(g.value, g.unit), limit(g, g.must), limit(g, g.aim), g.verdict, g.note) for g in goals),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def limit(goal: Goal, value: float | None) -> str:
    return "" if value is None else f"{'≤' if goal.at_most else '≥'} {number(value, goal.unit)}"


def number(value: float, unit: str) -> str:
    digits = 0 if value == int(value) and abs(value) >= 1 else 1 if abs(value) >= 10 else 2  # noqa: PLR2004
    return f"{value:.{digits}f}".replace(".", ",") + (f" {unit}" if unit else "")


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * part // 1).__int__() - 1))] if ordered else 0.0


def spread(values: Sequence[float]) -> str:
    """« 210 (198–221) »: the median, then the least and the most."""
    return f"{median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round: both were measured under the same weather."""
    return [a / b for a, b in zip(ours, theirs, strict=True) if b]
