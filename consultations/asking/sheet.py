"""The questionnaire as rows that are being worked on: a prefecture's own, or the national ones of an exercise."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assises import clock
from consultations.asking.conditions import Fault, faults, named
from consultations.asking.content import step
from consultations.models import Campaign, Consultation, CoreQuestion, CoreTheme, Question, QuestionnaireVersion, Theme
from consultations.steering.core_changes import may_change

AnyTheme = Theme | CoreTheme
AnyQuestion = Question | CoreQuestion
ALL, WORDS, NOTHING = "all", "words", "nothing"  # what may still change


@dataclass
class Sheet:
    """Themes in their order, with their questions in theirs."""

    owner: Campaign | Consultation
    freedom: str
    themes: list[AnyTheme]
    rows: dict[int, list[AnyQuestion]] = field(default_factory=dict)
    published: frozenset[str] = frozenset()  # the names of what people answer, once only words may change

    @property
    def is_core(self) -> bool:
        return isinstance(self.owner, Campaign)

    @property
    def campaign(self) -> Campaign:
        return self.owner if isinstance(self.owner, Campaign) else self.owner.campaign

    def steps(self) -> list[dict[str, Any]]:
        """As they would be frozen now."""
        return [step(theme, self.rows[theme.pk]) for theme in self.themes]

    def faults(self) -> list[Fault]:
        return faults(self.steps())

    def questions(self) -> Iterator[tuple[str, AnyQuestion]]:
        for theme in self.themes:
            for question in self.rows[theme.pk]:
                yield name_of(theme, question), question

    def question(self, number: int) -> AnyQuestion | None:
        return next((question for _, question in self.questions() if question.pk == number), None)

    def theme(self, number: int) -> AnyTheme | None:
        return next((theme for theme in self.themes if theme.pk == number), None)

    def theme_of(self, question: AnyQuestion) -> AnyTheme:
        return next(theme for theme in self.themes if theme.pk == question.theme_id)

    def name(self, question: AnyQuestion) -> str:
        return name_of(self.theme_of(question), question)

    def is_ours(self, row: AnyTheme | AnyQuestion) -> bool:
        """National rows are locked in a prefecture."""
        return self.is_core or not row.is_national

    def may_remove(self, name: str) -> bool:
        """Everything until people answer; then only what was prepared too late for them to be asked."""
        if self.freedom == WORDS and not self.is_core:
            return name not in self.published
        return self.freedom == ALL

    def dependents(self, name: str) -> list[AnyQuestion]:
        """The questions that the answer to this one decides."""
        return [question for _, question in self.questions() if question.shown_on == name]

    def decided_by(self, theme: AnyTheme) -> list[AnyQuestion]:
        """The questions of other themes that an answer in this one decides."""
        names = {name for name, _ in named([step(theme, self.rows[theme.pk])])}
        return [q for _, q in self.questions() if q.shown_on in names and q.theme_id != theme.pk]


def name_of(theme: AnyTheme, question: AnyQuestion) -> str:
    return f"{theme.key}.{question.key}"


def sheet_of(owner: Campaign | Consultation) -> Sheet:
    """Two statements, whatever the number of questions, and one for what may change."""
    if isinstance(owner, Campaign):
        themes = list(CoreTheme.objects.filter(campaign=owner))
        questions = CoreQuestion.objects.filter(theme__in=themes, retired_at=None)
    else:
        themes = list(Theme.objects.for_prefecture(owner.prefecture_id).filter(consultation=owner))
        questions = Question.objects.for_prefecture(owner.prefecture_id).filter(theme__in=themes)
    freedom = freedom_of(owner)
    published = published_names(owner) if freedom == WORDS and isinstance(owner, Consultation) else frozenset()
    sheet = Sheet(owner, freedom, themes, {theme.pk: [] for theme in themes}, published)
    for question in questions:
        sheet.rows[question.theme_id].append(question)
    return sheet


def published_names(consultation: Consultation) -> frozenset[str]:
    """Of themes and of questions, in the last version that was published."""
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id)
    last = versions.filter(consultation=consultation).order_by("-number").first()
    steps = last.content["steps"] if last else []
    return frozenset({name for name, _ in named(steps)} | {each["theme"]["key"] for each in steps})


def freedom_of(owner: Campaign | Consultation) -> str:
    """Everything until people answer; then only words, since answers must keep their meaning; nothing once closed."""
    if isinstance(owner, Campaign):
        return may_change(owner)
    if owner.state == Consultation.State.DRAFT:
        return ALL
    now = clock.now()
    if owner.state == Consultation.State.WITHDRAWN or owner.has_closed_at(now):
        return NOTHING
    return WORDS if owner.is_open_at(now) else ALL
