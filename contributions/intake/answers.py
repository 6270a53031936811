"""What was typed, against what was asked: answers that can be stored, and what has to be mended. Pure."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assises.look.templatetags.french import count
from consultations.models import Kind
from consultations.models.facts import FREE_TEXT
from contributions.intake.record import Passage

LONGEST_TEXT = 4_000
ONE_OF = {Kind.CHOICE, Kind.SCALE, Kind.YES_NO}
KEPT_CONTROLS = "\n\t"
Step = Mapping[str, Any]
Question = Mapping[str, Any]
Typed = Callable[[str], list[str]]


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer, and how to mend it."""

    name: str
    label: str
    text: str

    @property
    def line(self) -> str:
        """The field and the mend, for the summary of errors."""
        return f"{self.label} {self.text}" if self.label.endswith("?") else f"{self.label}\u00a0: {self.text}"

    @property
    def target(self) -> str:
        return id_of(self.name)


def name_of(step: Step, question: Question) -> str:
    """How an answer is called, in forms and for ever after."""
    return f"{step['theme']['key']}.{question['key']}"


def id_of(name: str) -> str:
    return f"q-{name.replace('.', '-')}"


def clean(text: str) -> str:
    """Once, at the door: what neither a database nor a spreadsheet can hold is taken out; the words stay as written."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in KEPT_CONTROLS or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept).strip()


def read_step(step: Step, typed: Typed, *, is_final: bool = True) -> tuple[dict[str, Any], list[Problem]]:
    """Answers to a step's questions, and problems. On the way back (`is_final=False`) nothing is required yet."""
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    for question in step["questions"]:
        name = name_of(step, question)
        value, trouble = read_one(question, typed(name))
        if value:
            answers[name] = value
        elif is_final and question["required"] and not trouble:
            trouble = missing(question)
        if trouble:
            problems.append(Problem(name, question["label"], trouble))
    return answers, problems


def read_one(question: Question, values: list[str]) -> tuple[str | list[str], str]:
    """One answer and what is wrong with it."""
    if question["kind"] in ONE_OF:
        return read_choice(question, values[-1] if values else "")
    if question["kind"] == Kind.CHOICES:
        return read_choices(question, values)
    text = clean(values[-1] if values else "")
    if len(text) <= LONGEST_TEXT:
        return text, ""
    return text, f"Votre texte compte {count(len(text))} caractères. Ramenez-le à {count(LONGEST_TEXT)} au plus."


def read_choice(question: Question, value: str) -> tuple[str, str]:
    if value and value not in keys_of(question):
        return "", "Choisissez une des réponses proposées."
    return value, ""


def read_choices(question: Question, values: list[str]) -> tuple[list[str], str]:
    known = keys_of(question)
    trouble = "" if set(values) <= set(known) else "Choisissez parmi les réponses proposées."
    return [key for key in known if key in values], trouble


def keys_of(question: Question) -> list[str]:
    return [choice["key"] for choice in question["choices"]]


def missing(question: Question) -> str:
    if question["kind"] in ONE_OF:
        return "Choisissez une réponse."
    if question["kind"] == Kind.CHOICES:
        return "Choisissez au moins une réponse."
    return "Écrivez votre réponse."


def read_all(steps: list[Step], kept: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[int, Problem]]]:
    """Every step's answers from what a draft holds, and problems with the number of their step."""
    answers: dict[str, Any] = {}
    problems: list[tuple[int, Problem]] = []
    for number, step in enumerate(steps, 1):
        found, troubles = read_step(step, lambda name: as_typed(kept.get(name)))
        answers |= found
        problems += [(number, trouble) for trouble in troubles]
    return answers, problems


def as_typed(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def divide(steps: list[Step], answers: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Passage, ...]]:
    """Closed and short answers on one side, findings and proposals on the other, each stored once."""
    passages = tuple(passages_in(steps, answers))
    free = {f"{passage.theme_key}.{passage.question_key}" for passage in passages}
    return {name: value for name, value in answers.items() if name not in free}, passages


def passages_in(steps: list[Step], answers: Mapping[str, Any]) -> Iterator[Passage]:
    for step in steps:
        for question in step["questions"]:
            text = answers.get(name_of(step, question))
            if question["kind"] in FREE_TEXT and text:
                yield Passage(question["kind"], text, step["theme"]["key"], question["key"])
