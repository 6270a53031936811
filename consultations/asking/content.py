"""The questionnaire as it is frozen: plain data, read for ever after by contributions, pages and figures.

    {"steps": [{"theme": {"key", "title", "description"},
                "questions": [{"key", "kind", "label", "help", "choices": [{"key", "label"}], "required", "audiences",
                               "most", "lowest", "highest", "unit", "shown_on", "shown_if"}]}]}

Answers are named `theme-key.question-key`; an answer to a choice is the choice's key. "Autre, précisez" and "ne
souhaite pas répondre" are choices like the others, with keys of their own. Words are set as a French printer would set
them, whatever was typed.
"""

from typing import Any

from assises.look.templatetags.french import typo
from consultations.asking.choices import DECLINED, OTHER, YES_OR_NO, Choice
from consultations.models import Consultation, Kind, Question, Theme

Content = dict[str, Any]


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
        "choices": offered(question),
        "required": question.required,
        "audiences": question.audiences,
        "most": question.most,
        "lowest": question.lowest,
        "highest": question.highest,
        "unit": question.unit,
        "shown_on": question.shown_on,
        "shown_if": question.shown_if,
    }


def offered(question: Question) -> list[Choice]:
    """What can be chosen, as it is shown."""
    written = YES_OR_NO if question.kind == Kind.YES_NO else question.choices
    choices = [{"key": choice["key"], "label": typo(choice["label"])} for choice in written]
    if question.accepts_other:
        choices.append({"key": OTHER, "label": "Autre, précisez"})
    if question.may_decline:
        choices.append({"key": DECLINED, "label": "Je ne souhaite pas répondre"})
    return choices
