"""Questions taken from elsewhere: the national bank, an own questionnaire, one that another prefecture published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assises.accounts.models import User
from assises.tenancy.context import as_public
from consultations.asking.bank import BANK, facts_of
from consultations.asking.build import changed, insert, must_be_free, refuse_new_faults, store
from consultations.asking.choices import DECLINED, OTHER
from consultations.asking.conditions import named
from consultations.asking.kinds import FACTS_OF
from consultations.asking.sheet import AnyQuestion, AnyTheme, Sheet, name_of, sheet_of
from consultations.models import Campaign, Consultation, CoreQuestion, Kind, Question, QuestionnaireVersion
from consultations.models.facts import QUESTION_FACTS

BANK_KEY = "banque"


@dataclass(frozen=True)
class Offer:
    """A question that can be taken; conditions name other offers of the same source."""

    name: str
    facts: dict[str, Any]

    @property
    def kind_title(self) -> str:
        return FACTS_OF[self.facts["kind"]].title


@dataclass(frozen=True)
class Shelf:
    title: str
    offers: list[Offer]

    def each(self) -> Iterator[tuple[Offer, str]]:
        """With the words of the question of this shelf that decides whether it is asked."""
        words = {offer.name: offer.facts["label"] for offer in self.offers}
        for offer in self.offers:
            yield offer, words.get(offer.facts["shown_on"], "")


@dataclass(frozen=True)
class Source:
    """Where questions can be taken from; `key` is its part of the address."""

    key: str
    label: str


@dataclass(frozen=True)
class Picked:
    """What was taken, and which of them lost a condition because what decides it was left behind."""

    questions: list[AnyQuestion]
    loose: list[AnyQuestion]


def sources(sheet: Sheet) -> dict[str, list[Source]]:
    """By group; other prefectures' as anybody may read them."""
    first = [Source(BANK_KEY, "Banque nationale de questions")]
    if sheet.is_core:
        others = Campaign.objects.exclude(pk=sheet.owner.pk)
        return {"": first, "Autres exercices": [Source(other.slug, other.title) for other in others]}
    code = sheet.owner.prefecture_id
    own = Consultation.objects.for_prefecture(code).exclude(pk=sheet.owner.pk).select_related("campaign")
    with as_public():
        published = list(
            Consultation.objects.published().exclude(prefecture=code).select_related("campaign", "prefecture")
        )
    return {
        "": first,
        "Vos autres concertations": [Source(f"{code}:{one.campaign.slug}", one.campaign.title) for one in own],
        "Autres préfectures": [
            Source(f"{one.prefecture_id}:{one.campaign.slug}", f"{one.prefecture}, {one.campaign.title}")
            for one in published
        ],
    }


def shelves(sheet: Sheet, key: str) -> list[Shelf] | None:
    """What this source offers; nothing when there is no such source."""
    if key == BANK_KEY:
        return from_bank()
    if sheet.is_core:
        other = Campaign.objects.exclude(pk=sheet.owner.pk).filter(slug=key).first()
        return from_rows(sheet_of(other)) if other else None
    code, _, slug = key.partition(":")
    if code == sheet.owner.prefecture_id:
        rows = Consultation.objects.for_prefecture(code).exclude(pk=sheet.owner.pk)
        own = rows.select_related("campaign").filter(campaign__slug=slug).first()
        return from_rows(sheet_of(own)) if own else None
    return from_elsewhere(code, slug)


def from_bank() -> list[Shelf]:
    return [Shelf(s.title, [Offer(q.key, facts_of(q, s.questions)) for q in s.questions]) for s in BANK]


def from_rows(sheet: Sheet) -> list[Shelf]:
    return [
        Shelf(
            theme.title,
            [
                Offer(name_of(theme, row), {fact: getattr(row, fact) for fact in QUESTION_FACTS if fact != "position"})
                for row in sheet.rows[theme.pk]
            ],
        )
        for theme in sheet.themes
        if sheet.rows[theme.pk]
    ]


def from_elsewhere(code: str, slug: str) -> list[Shelf] | None:
    """As the public reads it: the last version that the other prefecture published."""
    with as_public():
        published = Consultation.objects.published().filter(prefecture=code, campaign__slug=slug)
        versions = QuestionnaireVersion.objects.for_prefecture(code).filter(consultation__in=published)
        last = versions.order_by("-number").first()
    if last is None:
        return None
    return [
        Shelf(step["theme"]["title"], [Offer(name, unfrozen(question)) for name, question in named([step])])
        for step in last.content["steps"]
        if step["questions"]
    ]


def unfrozen(question: Mapping[str, Any]) -> dict[str, Any]:
    """A row's facts from the frozen ones, where "autre" and "sans réponse" stand among the choices."""
    keys = {choice["key"] for choice in question["choices"]}
    written = [choice for choice in question["choices"] if choice["key"] not in {OTHER, DECLINED}]
    return {
        **question,
        "choices": [] if question["kind"] == Kind.YES_NO else written,
        "accepts_other": OTHER in keys,
        "may_decline": DECLINED in keys,
    }


def pick(sheet: Sheet, theme: AnyTheme, offers: Sequence[Offer], *, by: User) -> Picked:
    """Copies at the end of a theme, in the order of their source; audiences that are not asked here are left out."""
    must_be_free(sheet)
    before = sheet.faults()
    names: dict[str, str] = {}
    made, loose = [], []
    for offer in offers:
        question = (CoreQuestion if sheet.is_core else Question)(**offer.facts)
        question.audiences = [each for each in question.audiences if each in sheet.campaign.audiences]
        if question.shown_on:
            question.shown_on = names.get(question.shown_on, "")
            if not question.shown_on:
                question.shown_if = []
                loose.append(question)
        insert(sheet, question, theme)
        names[offer.name] = name_of(theme, question)
        made.append(question)
    refuse_new_faults(sheet, before)
    store(sheet, theme)
    for question in made:
        changed(sheet, by, question.label, {"what": "question ajoutée", "before": "", "after": question.label})
    return Picked(made, loose)
