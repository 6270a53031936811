"""How a demo exercise is written down, and put into the database once."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assises.accounts.models import Prefecture, User
from assises.tenancy.context import as_ministry, as_prefecture
from consultations.asking.choices import keyed
from consultations.asking.content import content_of
from consultations.models import Audience, Campaign, Consultation, Partner, Place, Theme
from consultations.models.facts import QUESTION_FACTS
from consultations.publish import freeze
from consultations.steering.launch import launch, unused_key


@dataclass(frozen=True)
class Asked:
    kind: str
    label: str
    choices: tuple[str, ...] = ()
    help: str = ""
    required: bool = False
    key: str = ""  # made of the label unless a condition names it
    accepts_other: bool = False
    may_decline: bool = False
    most: int | None = None
    lowest: int | None = None
    highest: int | None = None
    unit: str = ""
    audiences: tuple[str, ...] = ()
    shown_on: str = ""
    shown_if: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeOf:
    title: str
    description: str = ""
    questions: tuple[Asked, ...] = ()
    key: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercise:
    slug: str
    title: str
    purpose: str
    opens_on: date
    closes_on: date
    synthesis_due_on: date
    themes: tuple[ThemeOf, ...]
    audiences: tuple[str, ...] = tuple(Audience.values)
    outline: tuple[tuple[str, str], ...] = ()
    synthesis_pages: int | None = None
    ranked_proposals: int | None = None


@dataclass(frozen=True)
class At:
    """A place where paper waits or somebody listens."""

    kind: str
    name: str
    address: str
    hours: str


@dataclass(frozen=True)
class Case:
    """One department's part. Without dates it stays a draft.

    `themes` take the place of the national ones, `more` come after them; `how` says by which channels.
    """

    code: str
    introduction: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    themes: tuple[ThemeOf, ...] = ()
    more: tuple[ThemeOf, ...] = ()
    how: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[At, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()

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
            "audiences": list(exercise.audiences),
            "outline": [{"title": title, "instruction": instruction} for title, instruction in exercise.outline],
            "synthesis_pages": exercise.synthesis_pages,
            "ranked_proposals": exercise.ranked_proposals,
        },
    )
    if is_new:
        add_core(campaign, exercise.themes)
    with as_ministry():
        launch(campaign, Prefecture.objects.filter(code__in=[case.code for case in cases]), actor=lead, tells=False)
    for case in cases:
        settle(campaign, case)
    return campaign


def part_of(code: str, campaign: Campaign) -> Consultation:
    rows = Consultation.objects.for_prefecture(code).select_related("prefecture", "campaign")
    return rows.get(campaign=campaign)


def add_core(campaign: Campaign, themes: Sequence[ThemeOf]) -> None:
    for position, given in enumerate(themes, 1):
        keys = campaign.themes.values_list("key", flat=True)
        theme = campaign.themes.create(position=position, **facts_of_theme(given, keys))
        for rank, asked in enumerate(given.questions, 1):
            taken = theme.questions.values_list("key", flat=True)
            theme.questions.create(position=rank, **facts_of(asked, taken))


def settle(campaign: Campaign, case: Case) -> None:
    """Give one draft its words and dates, and publish it if it has both."""
    with as_prefecture(case.code):
        mine = Consultation.objects.for_prefecture(case.code).select_related("prefecture")
        consultation = mine.get(campaign=campaign)
        if consultation.published_at or not case.opens:
            return
        if case.themes:
            # Before there were national themes, each department chose its own.
            Theme.objects.filter(consultation=consultation).delete()
        add_themes(consultation, [*case.themes, *case.more])
        add_around(consultation, case)
        zone = consultation.prefecture.zone
        consultation.introduction = case.introduction or campaign.purpose
        consultation.opens_at, consultation.closes_at = case.local(case.opens, zone), case.local(case.closes, zone)
        consultation.state = Consultation.State.PUBLISHED
        consultation.published_at = consultation.opens_at
        consultation.save()
        freeze(consultation, content_of(consultation))


def add_themes(consultation: Consultation, themes: Sequence[ThemeOf]) -> None:
    keys = list(Theme.objects.filter(consultation=consultation).values_list("key", flat=True))
    for position, given in enumerate(themes, len(keys) + 1):
        facts = facts_of_theme(given, keys)
        keys.append(facts["key"])
        theme = Theme.objects.create(
            prefecture_id=consultation.prefecture_id, consultation=consultation, position=position, **facts
        )
        for rank, asked in enumerate(given.questions, 1):
            taken = theme.questions.values_list("key", flat=True)
            theme.questions.create(prefecture_id=consultation.prefecture_id, position=rank, **facts_of(asked, taken))


def add_around(consultation: Consultation, case: Case) -> None:
    for name, value in case.how.items():
        setattr(consultation, name, value)
    for position, at in enumerate(case.places, 1):
        Place.objects.create(
            prefecture_id=consultation.prefecture_id,
            consultation=consultation,
            kind=at.kind,
            name=at.name,
            address=at.address,
            hours=at.hours,
            position=position,
        )
    for name, audience in case.partners:
        key = secrets.token_urlsafe(16)
        Partner.objects.create(
            prefecture_id=consultation.prefecture_id,
            consultation=consultation,
            name=name,
            audience=audience,
            key=key,
            key_hash=hashlib.sha256(key.encode()).hexdigest(),
            invited_at=consultation.opens_at,
        )


def facts_of_theme(given: ThemeOf, taken: Iterable[str]) -> dict[str, Any]:
    return {
        "key": given.key or unused_key(given.title, taken, 40),
        "title": given.title,
        "description": given.description,
        "keywords": list(given.keywords),
    }


def facts_of(asked: Asked, taken: Iterable[str]) -> dict[str, Any]:
    facts = {name: getattr(asked, name) for name in QUESTION_FACTS if name not in {"key", "position"}}
    return facts | {
        "key": asked.key or unused_key(asked.label, taken, 60),
        "choices": keyed(asked.choices),
        "audiences": list(asked.audiences),
        "shown_if": list(asked.shown_if),
    }
