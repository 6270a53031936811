"""The ministry launches a campaign: a draft in every chosen prefecture, with its own copy of themes and questions."""

from collections.abc import Iterable

from django.utils.text import slugify

from assises import clock
from assises.accounts.models import Prefecture, User
from assises.tenancy.context import as_prefecture
from consultations.models import Campaign, Consultation, CoreQuestion, CoreTheme, Question, Theme
from consultations.models.facts import QUESTION_FACTS, THEME_FACTS


class NothingToAskError(Exception):
    """A campaign without any theme cannot be launched."""


def launch(campaign: Campaign, prefectures: Iterable[Prefecture], *, actor: User) -> int:
    """Make the missing drafts; returns how many. Launching again adds prefectures and leaves the others alone."""
    themes = list(CoreTheme.objects.filter(campaign=campaign))
    if not themes:
        raise NothingToAskError
    questions = list(CoreQuestion.objects.filter(theme__in=themes))
    made = sum(make_draft(campaign, prefecture, themes=themes, questions=questions) for prefecture in prefectures)
    Campaign.objects.filter(pk=campaign.pk, launched_at=None).update(launched_at=clock.now())
    return made


def make_draft(
    campaign: Campaign, prefecture: Prefecture, *, themes: list[CoreTheme], questions: list[CoreQuestion]
) -> bool:
    """One prefecture's draft, unless it has one."""
    with as_prefecture(prefecture):
        if Consultation.objects.for_prefecture(prefecture).filter(campaign=campaign).exists():
            return False
        consultation = Consultation.objects.create(
            prefecture=prefecture, campaign=campaign, introduction=campaign.purpose
        )
        copies = Theme.objects.bulk_create(copy_of_theme(theme, consultation) for theme in themes)
        theirs = {copy.national_id: copy for copy in copies}
        Question.objects.bulk_create(copy_of_question(question, theirs[question.theme_id]) for question in questions)
    return True


def copy_of_theme(theme: CoreTheme, consultation: Consultation) -> Theme:
    facts = {name: getattr(theme, name) for name in THEME_FACTS}
    return Theme(prefecture_id=consultation.prefecture_id, consultation=consultation, national=theme, **facts)


def copy_of_question(question: CoreQuestion, theme: Theme) -> Question:
    facts = {name: getattr(question, name) for name in QUESTION_FACTS}
    return Question(prefecture_id=theme.prefecture_id, theme=theme, national=question, **facts)


def unused_key(text: str, taken: Iterable[str], longest: int) -> str:
    """A short stable name made of the text itself."""
    base = slugify(text.replace("’", " ").replace("'", " "))[: longest - 4].strip("-") or "sans-titre"
    known = set(taken)
    if base not in known:
        return base
    return next(f"{base}-{number}" for number in range(2, 1000) if f"{base}-{number}" not in known)
