"""The questionnaire as it is frozen: plain data, read for ever after by contributions, pages and figures.

    {"steps": [{"theme": {"key", "title", "description"},
                "questions": [{"key", "kind", "label", "help", "choices": [{"key", "label"}], "required"}]}]}

Answers are named `theme-key.question-key`; an answer to a choice is the choice's key. Words are set as a French printer
would set them, whatever was typed.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify

from assises.look.templatetags.french import typo
from consultations.models import Consultation, Kind, Question, Theme

Content = dict[str, Any]
YES_OR_NO = [{"key": "oui", "label": "Oui"}, {"key": "non", "label": "Non"}]
LONGEST_KEY = 40


def content_of(consultation: Consultation) -> Content:
    """What would be published now."""
    themes = Theme.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    questions = Question.objects.for_prefecture(consultation.prefecture_id).filter(theme__in=themes)
    by_theme: dict[int, list[Question]] = {}
    for question in questions:
        by_theme.setdefault(question.theme_id, []).append(question)
    return {"steps": [step(theme, by_theme.get(theme.pk, [])) for theme in themes]}


def step(theme: Theme, questions: list[Question]) -> dict[str, Any]:
    return {
        "theme": {"key": theme.key, "title": typo(theme.title), "description": typo(theme.description)},
        "questions": [frozen(question) for question in questions],
    }


def frozen(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind,
        "label": typo(question.label),
        "help": typo(question.help),
        "choices": YES_OR_NO if question.kind == Kind.YES_NO else keyed(question.choices),
        "required": question.required,
    }


def keyed(labels: list[str]) -> list[dict[str, str]]:
    """Choices are known by what they say, so that their order may change; two that begin alike get a number."""
    choices: list[dict[str, str]] = []
    taken: set[str] = set()
    for label in labels:
        base = slugify(label)[:LONGEST_KEY] or "choix"
        key = next(key for key in _numbered(base) if key not in taken)
        taken.add(key)
        choices.append({"key": key, "label": typo(label)})
    return choices


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
