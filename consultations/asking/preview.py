"""The questionnaire as one audience will see it, for those who build it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultations.asking.choices import DECLINED
from consultations.asking.conditions import in_words, is_for
from consultations.asking.duration import minutes
from consultations.models import Audience, Kind
from consultations.models.facts import FREE_TEXT, ONE_OF, WITH_CHOICES

RANKED = ("En premier", "En deuxième", "En troisième", "En quatrième", "En cinquième")


@dataclass(frozen=True)
class Preview:
    steps: list[dict[str, Any]]
    minutes: int
    is_part: bool

    @property
    def is_empty(self) -> bool:
        return not self.steps


def preview_of(steps: Sequence[dict[str, Any]], audience: str, *, only: str = "") -> Preview:
    """Every question that this audience may meet, or one theme's; those that wait for an answer say for which."""
    shown: list[dict[str, Any]] = []
    for step in steps:
        questions = [_drawn(question, steps) for question in step["questions"] if is_for(question, audience)]
        if questions:
            shown.append({"theme": step["theme"], "questions": questions, "number": len(shown) + 1})
    part = [step for step in shown if step["theme"]["key"] == only] if only else shown
    return Preview(part, minutes(shown), is_part=part != shown)


def _drawn(question: dict[str, Any], steps: Sequence[dict[str, Any]]) -> dict[str, Any]:
    kind = question["kind"]
    has_options = kind in WITH_CHOICES or kind == Kind.YES_NO
    choices = question["choices"]
    if not has_options:
        choices = []
    ranked = [choice for choice in choices if choice["key"] != DECLINED]
    places = min(question["most"] or len(ranked), len(RANKED), len(ranked)) if kind == Kind.RANKING else 0
    return {
        **question,
        "when": in_words(question, steps),
        "choices": choices,
        "is_free": kind in FREE_TEXT,
        "is_long": kind in {*FREE_TEXT, Kind.LONG_TEXT},
        "is_one": kind in ONE_OF,
        "ranks": RANKED[:places],
        "declines": not has_options and bool(question["choices"]),
    }


def audience_links(audiences: Sequence[str], current: str, *, theme: int | None = None) -> list[dict[str, Any]]:
    """One link an audience, for the tabs of the preview."""
    more = f"&theme={theme}" if theme else ""
    return [
        {
            "label": each.label[0].upper() + each.label[1:],
            "url": f"?public={each.value}{more}",
            "current": each == current,
        }
        for each in map(Audience, Audience.values)
        if each in audiences
    ]
