"""The ministry launches a campaign: a draft in every chosen prefecture, with its own copy of themes and questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify

from assises import clock
from assises.accounts.models import Prefecture, User
from assises.tenancy.context import as_prefecture
from consultations.asking.sheet import sheet_of
from consultations.models import Campaign, Consultation, CoreQuestion, CoreTheme, Question, Theme
from consultations.models.facts import QUESTION_FACTS, THEME_FACTS
from consultations.steering.teams import mail_team


class NothingToAskError(Exception):
    """A campaign without any theme cannot be launched."""


class BrokenConditionsError(Exception):
    """What shows or hides some questions does not hold together; `reasons` says what, in French."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass
class Launched:
    """What a launch did."""

    drafts: int = 0
    mails: int = 0
    without_team: list[Prefecture] = field(default_factory=list)  # nobody there to write to yet


def launch(
    campaign: Campaign, prefectures: Iterable[Prefecture], *, actor: User, pilots: bool = False, tells: bool = True
) -> Launched:
    """Make the missing drafts and tell their teams. Again: adds prefectures and leaves the others alone."""
    # Two leads at once: the second waits, and finds what the first has launched.
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    themes = list(CoreTheme.objects.filter(campaign=campaign))
    if not themes:
        raise NothingToAskError
    if broken := [fault.text for fault in sheet_of(campaign).faults() if not fault.is_warning]:
        raise BrokenConditionsError(broken)
    questions = list(CoreQuestion.objects.filter(theme__in=themes, retired_at=None))
    have_one = set(Consultation.objects.filter(campaign=campaign).values_list("prefecture", flat=True))
    done = Launched()
    for prefecture in prefectures:
        if prefecture.pk in have_one:
            continue
        with as_prefecture(prefecture):
            make_draft(campaign, prefecture, themes=themes, questions=questions, is_pilot=pilots)
            done.drafts += 1
            if tells:
                words = {"campaign": campaign, "reply_to": actor.email, "sender": actor}
                mails = mail_team(prefecture, "campaign_launched", **words)
                done.mails += mails
                done.without_team += [] if mails else [prefecture]
    Campaign.objects.filter(pk=campaign.pk, launched_at=None).update(launched_at=clock.now())
    return done


def make_draft(
    campaign: Campaign,
    prefecture: Prefecture,
    *,
    themes: Sequence[CoreTheme],
    questions: Sequence[CoreQuestion],
    is_pilot: bool = False,
) -> None:
    """One prefecture's draft, in its scope: a statement a table, however many questions."""
    consultation = Consultation.objects.create(
        prefecture=prefecture, campaign=campaign, introduction=campaign.purpose, is_pilot=is_pilot
    )
    copies = Theme.objects.bulk_create(copy_of_theme(theme, consultation) for theme in themes)
    theirs = {copy.national_id: copy for copy in copies}
    Question.objects.bulk_create(copy_of_question(question, theirs[question.theme_id]) for question in questions)


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
