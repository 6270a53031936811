"""Many people who answer one consultation: the same crowd for the same seed, with the truth about each."""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from assises import clock
from consultations.models import Audience, Consultation, Kind, QuestionnaireVersion
from contributions.demo import grammar, noise
from contributions.demo.fill import AUDIENCES, CHANNELS, MAY_BE_QUOTED, answers, pick, some_moment
from contributions.demo.grammar import Written
from contributions.intake.answers import divide, name_of
from contributions.intake.record import Passage, Submission
from contributions.models import Channel

NAMESPACE = UUID("5a1c7f0e-2020-4127-8a5e-000000100000")
BY_HAND = (*CHANNELS, (Channel.LETTER, 6), (Channel.MEETING, 4))
INVENTED = "Données fictives"
WROTE = 0.6
LONGEST = {Kind.TEXT: 300}
LONGEST_FREE = 4_000
Step = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """What one person answers, and the truth about their texts by the name of the question."""

    answers: dict[str, Any]
    texts: dict[str, Written]
    noise: noise.Noise
    audience: Audience


@dataclass(frozen=True)
class Crowd:
    """`seed` decides everything that is said; `begins` and `ends` only when."""

    consultation: int
    prefecture: str
    version: int | None
    name: str
    seed: int
    begins: datetime
    ends: datetime
    steps: Sequence[Step] = field(default_factory=tuple)

    def people(self, numbers: range, note: Callable[[str], object] | None = None) -> Iterator[Submission]:
        """One submission a number; `note` is given the truth about it, a line of JSON."""
        for number in numbers:
            said, submission = self.person(number)
            if note:
                note(json.dumps(self.truth(number, said), ensure_ascii=False, sort_keys=True) + "\n")
            yield submission

    def person(self, number: int) -> tuple[Said, Submission]:
        said = self.said(number)
        chance = self.chance(number, "around")
        closed, passages = self.divided(said)
        channel = pick(BY_HAND, chance)
        submission = Submission(
            prefecture=self.prefecture,
            consultation=self.consultation,
            version=self.version,
            channel=channel,
            audience=said.audience,
            submission_key=self.key(number),
            answers=closed,
            passages=passages,
            may_publish=chance.random() < MAY_BE_QUOTED,
            acted_at=some_moment(self.begins, self.ends, chance),
            reason=INVENTED,
        )
        return said, submission

    def said(self, number: int) -> Said:
        """Repeating somebody means saying what they said, without their own noise."""
        chance = self.chance(number, "said")
        drawn = noise.draw(number, chance)
        if drawn.kind == noise.DUPLICATE:
            return replace(self.original(drawn.of or 0), noise=drawn)
        return self.original(number, drawn)

    def original(self, number: int, drawn: noise.Noise = noise.Noise()) -> Said:  # noqa: B008 (frozen)
        chance = self.chance(number, "words")
        audience = pick(AUDIENCES, chance)
        texts: dict[str, Written] = {}

        def write(question: Mapping[str, Any], name: str) -> str:
            written = self.text(question, chance)
            if written and question["kind"] != Kind.TEXT:
                written = noise.applied(drawn, written, chance)
            if written:
                texts[name] = written
            return written.text if written else ""

        if not self.steps:
            return Said({}, letter(drawn, chance), drawn, audience)
        given = answers(self.steps, audience, chance, write)
        if not given or (drawn.kind and not texts):
            return self.said_at_least(drawn, given, audience, chance)
        return Said(given, {name: text for name, text in texts.items() if name in given}, drawn, audience)

    def said_at_least(
        self, drawn: noise.Noise, given: dict[str, Any], audience: Audience, chance: random.Random
    ) -> Said:
        """Nobody sends nothing, and a noise needs words: the first free text that everybody is asked holds them."""
        for step in self.steps:
            for question in step["questions"]:
                if question["kind"] in WRITERS and not question["audiences"] and not question["shown_on"]:
                    name = name_of(step, question)
                    text = noise.applied(drawn, WRITERS[question["kind"]](about(question), chance), chance)
                    return Said(given | {name: text.text}, {name: text}, drawn, audience)
        return Said(given, {}, noise.Noise(), audience)

    def text(self, question: Mapping[str, Any], chance: random.Random) -> Written | None:
        if not question["required"] and chance.random() > WROTE:
            return None
        if writer := WRITERS.get(question["kind"]):
            written = writer(about(question), chance)
        else:
            written = grammar.short_answer(chance)
        return replace(written, text=written.text[: LONGEST.get(question["kind"], LONGEST_FREE)])

    def divided(self, said: Said) -> tuple[dict[str, Any], tuple[Passage, ...]]:
        if self.steps:
            return divide(self.steps, said.answers)
        return {}, tuple(Passage(kind=kind, text=written.text) for kind, written in said.texts.items())

    def truth(self, number: int, said: Said) -> dict[str, Any]:
        """What an analysis should find; contributions are told by their submission key."""
        known = {"number": number, "key": str(self.key(number)), "noise": said.noise.kind}
        if said.noise.of is not None:
            known["of"] = str(self.key(said.noise.of))
        if said.noise.template is not None:
            known["template"] = str(said.noise.template)
        if said.noise.holds:
            known["holds"] = said.noise.holds
        about = {name: {"subjects": text.subjects, "tone": text.tone} for name, text in said.texts.items()}
        return known | {"texts": about}

    def key(self, number: int) -> UUID:
        return uuid5(NAMESPACE, f"{self.name} {self.seed} {number}")

    def chance(self, number: int, what: str) -> random.Random:
        return random.Random(f"{self.seed} {number} {what}")  # noqa: S311 (the same crowd each time, no secret)


def about(question: Mapping[str, Any]) -> str:
    return f"{question['label']} {question['help']}"


WRITERS: dict[str, Callable[[str, random.Random], Written]] = {
    Kind.FINDING: grammar.finding,
    Kind.PROPOSAL: grammar.proposal,
}


def letter(drawn: noise.Noise, chance: random.Random) -> dict[str, Written]:
    """What is written without a questionnaire."""
    found = noise.applied(drawn, grammar.finding("", chance), chance)
    if drawn.kind:
        return {Kind.FINDING: found}
    return {Kind.FINDING: found, Kind.PROPOSAL: grammar.proposal("", chance)}


def crowd_of(consultation: Consultation, version: QuestionnaireVersion | None, seed: int) -> Crowd:
    """Those who answer a published consultation between its opening and now."""
    return Crowd(
        consultation=consultation.pk,
        prefecture=consultation.prefecture_id,
        version=version.pk if version else None,
        name=f"{consultation.prefecture_id}/{consultation.campaign.slug}",
        seed=seed,
        begins=consultation.opens_at,
        ends=min(consultation.closes_at, clock.now()) - timedelta(seconds=1),
        steps=with_titles(version.content["steps"]) if version else (),
    )


def with_titles(steps: Sequence[Step]) -> list[Step]:
    """The theme's title belongs to what a question is about."""
    return [
        {**step, "questions": [{**q, "help": f"{q['help']} {step['theme']['title']}"} for q in step["questions"]]}
        for step in steps
    ]
