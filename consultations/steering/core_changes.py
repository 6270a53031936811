"""After the launch: what the lead may still change in the core, and how it differs from a prefecture's copy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from assises import clock
from assises.accounts.models import User
from assises.look.templatetags.french import typo
from consultations.models import Campaign, Consultation, CoreQuestion, CoreTheme, Correction, Question, Theme
from consultations.steering.facts_in_words import QUESTION_COMPARED, THEME_COMPARED, FactChange, changes_between

ALL, WORDS = "all", "words"


class Change(TypedDict):
    """In words, as people read them."""

    what: str
    before: str
    after: str


def may_change(campaign: Campaign) -> Literal["all", "words"]:
    """Everything, until a consultation has opened: from then on only mended words."""
    opened = Consultation.objects.filter(campaign=campaign, opens_at__lte=clock.now()).published()
    return WORDS if opened.exists() else ALL


def log_correction(
    campaign: Campaign,
    subject: str,
    changes: Sequence[Change],
    is_typo: bool,  # noqa: FBT001
    by: User,
) -> Correction | None:
    """Keep who changed which words after the launch; before it nobody has seen them and nothing is kept."""
    if campaign.launched_at is None or not changes:
        return None
    return Correction.objects.create(
        campaign=campaign, subject=subject[:300], changes=list(changes), is_typo=is_typo, by=by
    )


@dataclass(frozen=True)
class Difference:
    """One theme or question of the core that is not, or no longer, what the prefecture has."""

    kind: Literal["new", "changed", "moved", "removed"]
    core: CoreTheme | CoreQuestion
    copy: Theme | Question | None = None
    changes: list[FactChange] = field(default_factory=list)
    place: str = ""  # the theme that a question stands in

    @property
    def is_theme(self) -> bool:
        return isinstance(self.core, CoreTheme)

    @property
    def subject(self) -> str:
        """What people know it by: the words they have, or will have."""
        return typo(str(self.copy or self.core))

    @property
    def words(self) -> list[FactChange]:
        """What can still be mended while people answer."""
        return [change for change in self.changes if change.is_words]

    @property
    def beyond_words(self) -> list[FactChange]:
        return [change for change in self.changes if not change.is_words]


def differences(consultation: Consultation) -> list[Difference]:
    """The core against the prefecture's copy, in the order of the core; four statements."""
    code = consultation.prefecture_id
    themes = list(CoreTheme.objects.filter(campaign=consultation.campaign_id))
    questions = list(CoreQuestion.objects.filter(theme__in=themes).order_by("theme__position", "position", "pk"))
    our_themes = {
        theme.national_id: theme
        for theme in Theme.objects.for_prefecture(code).filter(consultation=consultation).exclude(national=None)
    }
    ours = {
        question.national_id: question
        for question in Question.objects.for_prefecture(code)
        .filter(theme__consultation=consultation)
        .exclude(national=None)
        .select_related("theme")
    }
    return [
        *_of_themes(themes, our_themes),
        *_of_questions(questions, ours, {theme.pk: theme for theme in themes}),
    ]


def _of_themes(themes: Iterable[CoreTheme], ours: dict[int, Theme]) -> Iterable[Difference]:
    for theme in themes:
        copy = ours.get(theme.pk)
        if copy is None:
            yield Difference("new", theme)
        elif changes := changes_between(copy, theme, THEME_COMPARED):
            yield Difference("changed", theme, copy, changes)


def _of_questions(
    questions: Iterable[CoreQuestion], ours: dict[int, Question], themes: dict[int, CoreTheme]
) -> Iterable[Difference]:
    for question in questions:
        copy, place = ours.get(question.pk), typo(themes[question.theme_id].title)
        if question.retired_at:
            if copy:
                yield Difference("removed", question, copy, place=place)
        elif copy is None:
            yield Difference("new", question, place=place)
        else:
            if changes := changes_between(copy, question, QUESTION_COMPARED):
                yield Difference("changed", question, copy, changes, place)
            if copy.theme.national_id != question.theme_id:
                yield Difference("moved", question, copy, place=place)


def acceptable(consultation: Consultation, found: Sequence[Difference], moment: Any) -> list[Difference]:
    """Everything in a draft; once it is published, mended words; nothing after it closed or was withdrawn."""
    if consultation.state == Consultation.State.DRAFT:
        return list(found)
    if not consultation.is_published or consultation.has_closed_at(moment):
        return []
    return [difference for difference in found if difference.words]
