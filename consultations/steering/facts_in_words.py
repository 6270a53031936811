"""The facts of a theme or a question as people read them, and which of them differ between two. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assises.look.templatetags.french import typo
from consultations.asking.choices import Choice
from consultations.models import Audience, Kind
from consultations.models.facts import QUESTION_FACTS, THEME_FACTS
from consultations.steering.wording import Part, compare

NOTHING = "rien"
THEME_COMPARED = tuple(name for name in THEME_FACTS if name not in {"key", "position"})
QUESTION_COMPARED = tuple(name for name in QUESTION_FACTS if name not in {"key", "position"})
WORDS = {"title", "description", "keywords", "label", "help"}  # may be mended once people are answering
LABELS = {
    "title": "Titre",
    "description": "Description",
    "keywords": "Mots-clés",
    "kind": "Type de réponse",
    "label": "Question",
    "help": "Précision",
    "choices": "Réponses proposées",
    "accepts_other": "«\u00a0Autre, précisez\u00a0»",
    "may_decline": "«\u00a0Je ne souhaite pas répondre\u00a0»",
    "most": "Nombre maximal de réponses",
    "lowest": "Nombre le plus petit",
    "highest": "Nombre le plus grand",
    "unit": "Unité",
    "required": "Réponse obligatoire",
    "audiences": "Posée à",
    "shown_on": "Selon la réponse à",
    "shown_if": "Réponses qui la font poser",
}


@dataclass(frozen=True)
class FactChange:
    """One fact that differs; `is_words` when only its wording does."""

    name: str
    before: str
    after: str
    is_words: bool

    @property
    def what(self) -> str:
        return typo(LABELS[self.name])

    @cached_property
    def parts(self) -> tuple[list[Part], list[Part]]:
        return compare(self.before, self.after)

    def as_correction(self) -> dict[str, str]:
        return {"what": self.what, "before": self.before, "after": self.after}


def changes_between(before: Any, after: Any, names: Sequence[str]) -> list[FactChange]:
    """The facts by which the second differs from the first."""
    return [
        FactChange(name, in_words(name, one), in_words(name, other), is_words=is_wording(name, one, other))
        for name in names
        if (one := getattr(before, name)) != (other := getattr(after, name))
    ]


def is_wording(name: str, before: Any, after: Any) -> bool:
    """Answers keep their meaning: the same keys in the same order, whatever their words."""
    if name == "choices":
        return keys_of(before) == keys_of(after)
    return name in WORDS


def keys_of(choices: Sequence[Choice]) -> list[str]:
    return [choice["key"] for choice in choices]


def in_words(name: str, value: Any) -> str:
    if name == "choices":
        value = [choice["label"] for choice in value]
    elif name == "audiences":
        value = [Audience(each).label for each in value] or ["tout le monde"]
    elif name == "kind":
        value = Kind(value).label
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        value = " / ".join(value)
    return typo(value) if value not in (None, "") else NOTHING
