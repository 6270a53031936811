"""How a demo exercise is written down, and put into the database once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assises.accounts.models import Prefecture, User
from assises.tenancy.context import as_ministry, as_prefecture
from consultations.choices import keyed
from consultations.content import content_of
from consultations.launch import launch, unused_key
from consultations.models import Campaign, Consultation, Theme
from consultations.publish import freeze


@dataclass(frozen=True)
class Asked:
    kind: str
    label: str
    choices: tuple[str, ...] = ()
    help: str = ""
    required: bool = False


@dataclass(frozen=True)
class ThemeOf:
    title: str
    description: str = ""
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Exercise:
    slug: str
    title: str
    purpose: str
    opens_on: date
    closes_on: date
    synthesis_due_on: date
    themes: tuple[ThemeOf, ...]


@dataclass(frozen=True)
class Case:
    """One department's part. Without dates it stays a draft; local themes take the place of the national ones."""

    code: str
    introduction: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    themes: tuple[ThemeOf, ...] = field(default=())

    def local(self, moment: datetime | None, zone: ZoneInfo) -> datetime | None:
        return moment.replace(tzinfo=zone) if moment else None


def make_exercise(exercise: Exercise, cases: Sequence[Case], *, lead: User) -> Campaign:
    """The campaign with its drafts; what is there is left alone."""
    campaign, is_new = Campaign.objects.get_or_create(
        slug=exercise.slug,
        defaults={
            "title": exercise.title,
            "purpose": exercise.purpose,
            "opens_on": exercise.opens_on,
            "closes_on": exercise.closes_on,
            "synthesis_due_on": exercise.synthesis_due_on,
        },
    )
    if is_new:
        add_core(campaign, exercise.themes)
    with as_ministry():
        launch(campaign, Prefecture.objects.filter(code__in=[case.code for case in cases]), actor=lead)
    for case in cases:
        settle(campaign, case)
    return campaign


def add_core(campaign: Campaign, themes: Sequence[ThemeOf]) -> None:
    for position, given in enumerate(themes, 1):
        keys = campaign.themes.values_list("key", flat=True)
        theme = campaign.themes.create(
            key=unused_key(given.title, keys, 40), position=position, title=given.title, description=given.description
        )
        for rank, asked in enumerate(given.questions, 1):
            taken = theme.questions.values_list("key", flat=True)
            theme.questions.create(key=unused_key(asked.label, taken, 60), position=rank, **facts_of(asked))


def settle(campaign: Campaign, case: Case) -> None:
    """Give one draft its words and dates, and publish it if it has both."""
    with as_prefecture(case.code):
        mine = Consultation.objects.for_prefecture(case.code).select_related("prefecture")
        consultation = mine.get(campaign=campaign)
        if consultation.published_at or not case.opens:
            return
        if case.themes:
            replace_themes(consultation, case.themes)
        zone = consultation.prefecture.zone
        consultation.introduction = case.introduction or campaign.purpose
        consultation.opens_at, consultation.closes_at = case.local(case.opens, zone), case.local(case.closes, zone)
        consultation.state = Consultation.State.PUBLISHED
        consultation.published_at = consultation.opens_at
        consultation.save()
        content = content_of(consultation)
        if any(step["questions"] for step in content["steps"]):
            freeze(consultation, content)


def replace_themes(consultation: Consultation, themes: Sequence[ThemeOf]) -> None:
    """Before there were national themes, each department chose its own."""
    Theme.objects.filter(consultation=consultation).delete()
    keys: list[str] = []
    for position, given in enumerate(themes, 1):
        keys.append(unused_key(given.title, keys, 40))
        theme = Theme.objects.create(
            prefecture_id=consultation.prefecture_id,
            consultation=consultation,
            key=keys[-1],
            position=position,
            title=given.title,
            description=given.description,
        )
        for rank, asked in enumerate(given.questions, 1):
            theme.questions.create(
                prefecture_id=consultation.prefecture_id,
                key=unused_key(asked.label, theme.questions.values_list("key", flat=True), 60),
                position=rank,
                **facts_of(asked),
            )


def facts_of(asked: Asked) -> dict[str, object]:
    return {
        "kind": asked.kind,
        "label": asked.label,
        "help": asked.help,
        "choices": keyed(asked.choices),
        "required": asked.required,
    }
