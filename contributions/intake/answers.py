"""What was typed, against what was asked: answers that can be stored, and what has to be mended. Pure.

Conditions are applied here: an answer to a question that was not asked of this person is not kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consultations.asking.choices import DECLINED
from consultations.asking.conditions import applies
from consultations.models.facts import FREE_TEXT
from contributions.intake import kinds
from contributions.intake.kinds import FindPlaces, Place, nowhere
from contributions.intake.record import Passage

Step = Mapping[str, Any]
Question = Mapping[str, Any]
Typed = Callable[[str], list[str]]
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer, and how to mend it."""

    name: str
    label: str
    text: str
    offers: Sequence[Place] = field(default_factory=tuple)

    @property
    def line(self) -> str:
        """The field and the mend, for the summary of errors."""
        return f"{self.label} {self.text}" if self.label.endswith("?") else f"{self.label}\u00a0: {self.text}"

    @property
    def target(self) -> str:
        return id_of(self.name)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who answers, as far as conditions are concerned, and how their communes are found."""

    audience: str = ""
    find: FindPlaces = nowhere


def name_of(step: Step, question: Question) -> str:
    """How an answer is called, in forms and for ever after."""
    return f"{step['theme']['key']}.{question['key']}"


def detail_of(name: str) -> str:
    """How what is written beside « Autre » is called."""
    return f"{name}.autre"


def id_of(name: str) -> str:
    return f"q-{name.replace('.', '-')}"


def names_in(step: Step) -> list[str]:
    """Every name under which a step's answers are kept."""
    return [each for q in step["questions"] for each in (name_of(step, q), detail_of(name_of(step, q)))]


def read_step(
    step: Step,
    typed: Typed,
    *,
    person: Person | None = None,
    earlier: Mapping[str, Any] = NOTHING,
    is_final: bool = True,
) -> tuple[dict[str, Any], list[Problem]]:
    """Answers to a step's questions, and problems. On the way back (`is_final=False`) nothing is required yet."""
    person = person or Person()
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    for question in step["questions"]:
        if not applies(question, person.audience, {**earlier, **answers}):
            continue
        name = name_of(step, question)
        detail = typed(detail_of(name))
        found = kinds.read(question, typed(name), detail[-1] if detail else "", person.find)
        if found.value:
            answers[name] = found.value
        if found.detail:
            answers[detail_of(name)] = found.detail
        trouble = found.trouble
        if is_final and question["required"] and not found.value:
            trouble = trouble or kinds.missing(question)
        if trouble:
            problems.append(Problem(name, question["label"], trouble, found.offers))
    return answers, problems


def elsewhere(path: Sequence[Step], number: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What counts of what was answered outside this step: answers to what was not asked decide nothing."""
    names = [name for step in path if step["number"] != number for name in names_in(step)]
    return {name: answers[name] for name in names if name in answers}


def unasked(step: Step, typed: Typed, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed where nothing was asked, kept in the draft in case an earlier answer changes; never sent."""
    found = {}
    for question in step["questions"]:
        name = name_of(step, question)
        if name in answers:
            continue
        read = kinds.read(question, typed(name))
        if read.value and not read.trouble:
            found[name] = read.value
    return found


def read_all(
    steps: Sequence[Step], kept: Mapping[str, Any], audience: str = ""
) -> tuple[dict[str, Any], list[tuple[int, Problem]]]:
    """Every step's answers from what a draft holds, and problems with the number of their step."""
    answers: dict[str, Any] = {}
    problems: list[tuple[int, Problem]] = []
    for number, step in enumerate(steps, 1):
        found, troubles = read_step(
            step, lambda name: as_typed(kept.get(name)), person=Person(audience=audience), earlier=answers
        )
        answers |= found
        problems += [(number, trouble) for trouble in troubles]
    return answers, problems


def as_typed(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def divide(steps: Sequence[Step], answers: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Passage, ...]]:
    """Closed and short answers on one side, findings and proposals on the other, each stored once."""
    passages = tuple(passages_in(steps, answers))
    free = {f"{passage.theme_key}.{passage.question_key}" for passage in passages}
    return {name: value for name, value in answers.items() if name not in free}, passages


def passages_in(steps: Sequence[Step], answers: Mapping[str, Any]) -> Iterator[Passage]:
    for step in steps:
        for question in step["questions"]:
            text = answers.get(name_of(step, question))
            if question["kind"] in FREE_TEXT and text and text != DECLINED:
                yield Passage(question["kind"], text, step["theme"]["key"], question["key"])
