"""Fills published consultations through the one door, the same way each time."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from assises import clock
from assises.tenancy.context import as_prefecture
from consultations.asking.choices import DECLINED, OTHER
from consultations.asking.conditions import applies
from consultations.models import Audience, Consultation, Kind, QuestionnaireVersion
from contributions.demo.grammar import unzipped
from contributions.demo.sentences import FINDINGS, PROPOSALS, SHORT
from contributions.intake.answers import divide, name_of
from contributions.intake.record import Passage, Submission, record_many
from contributions.models import Channel, Contribution

NAMESPACE = UUID("5a1c7f0e-2020-4127-8a5e-000000000047")
CHANNELS = ((Channel.WEB, 70), (Channel.PAPER, 12), (Channel.MAIL, 10), (Channel.PHONE, 8))
AUDIENCES = (
    (Audience.PUBLIC, 78),
    (Audience.ELECTED, 7),
    (Audience.FORCES, 5),
    (Audience.BUSINESS, 5),
    (Audience.ASSOCIATION, 5),
)
ANSWERED = 0.85
WROTE = 0.55
MAY_BE_QUOTED = 0.6
Write = Callable[[Mapping[str, Any], str], str]


@dataclass(frozen=True)
class Share:
    """How many contributions a department's consultation has received."""

    campaign: str
    code: str
    number: int
    only: Channel | None = None


SHARES = (
    Share("assises-2020", "02", 161, Channel.WEB),
    Share("assises-2020", "03", 23, Channel.MAIL),
    Share("assises-2020", "47", 58, Channel.WEB),
    Share("securite-du-quotidien", "02", 84),
    Share("securite-du-quotidien", "974", 41),
    Share("securite-du-quotidien", "19", 37),
    Share("securite-du-quotidien", "32", 63),
    Share("securite-du-quotidien", "14", 71),
    Share("securite-du-quotidien", "47", 112),
    Share("securite-du-quotidien", "75", 240),
    Share("securite-du-quotidien", "987", 29),
)


def fill_contributions() -> None:
    """Once a consultation: what has contributions is left alone."""
    for share in SHARES:
        with as_prefecture(share.code):
            mine = Consultation.objects.for_prefecture(share.code).filter(campaign__slug=share.campaign)
            consultation = mine.published().first()
            if consultation is None or Contribution.objects.filter(consultation=consultation).exists():
                continue
            record_many(submissions(consultation, share))


def submissions(consultation: Consultation, share: Share) -> Iterator[Submission]:
    chance = random.Random(f"{share.campaign} {share.code}")  # noqa: S311 (the same demo each time, no secret)
    version = QuestionnaireVersion.objects.filter(consultation=consultation).order_by("number").last()
    steps = version.content["steps"] if version else []
    last = min(consultation.closes_at, clock.now()) - timedelta(minutes=5)
    for number in range(share.number):
        audience = pick(AUDIENCES, chance)
        closed, passages = divide(steps, answers(steps, audience, chance)) if steps else ({}, letter(chance))
        if not closed and not passages:
            passages = letter(chance)
        yield Submission(
            prefecture=share.code,
            consultation=consultation.pk,
            version=version.pk if version else None,
            channel=share.only or pick(CHANNELS, chance),
            audience=audience,
            submission_key=uuid5(NAMESPACE, f"{share.campaign} {share.code} {number}"),
            answers=closed,
            passages=passages,
            may_publish=chance.random() < MAY_BE_QUOTED,
            acted_at=some_moment(consultation.opens_at, last, chance),
        )


def answers(
    steps: Sequence[Mapping[str, Any]], audience: Audience, chance: random.Random, write: Write | None = None
) -> dict[str, Any]:
    """In the order of the questionnaire: what is asked depends on what was answered before. `write` finds the words."""
    write = write or (lambda question, _: sentence(question, chance))
    given: dict[str, Any] = {}
    for step in steps:
        for question in step["questions"]:
            is_asked = applies(question, audience, given)
            if is_asked and (question["required"] or chance.random() < ANSWERED):
                name = name_of(step, question)
                given[name] = answer(question, chance, lambda question, name=name: write(question, name))
    return {name: value for name, value in given.items() if value}


def answer(question: Mapping[str, Any], chance: random.Random, write: Callable[[Mapping[str, Any]], str]) -> Any:
    kind, keys = question["kind"], [c["key"] for c in question["choices"] if c["key"] not in {OTHER, DECLINED}]
    if kind in {Kind.CHOICES, Kind.RANKING}:
        most = min(question["most"] or 3, len(keys))
        return chance.sample(keys, k=chance.randint(1, most))
    if keys:
        return chance.choices(keys, weights=range(len(keys) + 1, 1, -1))[0]
    if kind == Kind.NUMBER:
        return str(chance.choice((5, 10, 15, 20, 30, 45, 60, 90, 120)))
    return "" if kind == Kind.COMMUNE else write(question)


def sentence(question: Mapping[str, Any], chance: random.Random) -> str:
    if chance.random() > WROTE:
        return ""
    texts = {Kind.FINDING: FINDINGS, Kind.PROPOSAL: PROPOSALS}.get(question["kind"], SHORT)
    return " ".join(chance.sample(texts, k=1 if chance.random() < ANSWERED else 2))


def letter(chance: random.Random) -> tuple[Passage, ...]:
    """What is written without a questionnaire."""
    return (
        Passage(kind=Kind.FINDING, text=chance.choice(FINDINGS)),
        Passage(kind=Kind.PROPOSAL, text=chance.choice(PROPOSALS)),
    )


def pick(weighted: tuple[tuple[Any, int], ...], chance: random.Random) -> Any:
    values, sums = unzipped(weighted)
    return chance.choices(values, cum_weights=sums)[0]


def some_moment(first: datetime, last: datetime, chance: random.Random) -> datetime:
    return first + (last - first) * chance.random()
