"""The questionnaire as a visitor meets it: what is asked, what they answered, how long it takes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from consultations.models import Audience, Kind
from consultations.models.facts import FREE_TEXT
from contributions.intake.answers import (
    LONGEST_TEXT,
    ONE_OF,
    Problem,
    Question,
    Step,
    Typed,
    as_typed,
    id_of,
    name_of,
)

# In the first person, as on the page where somebody says who speaks.
SPEAKERS = (
    (Audience.PUBLIC, "Un habitant ou une habitante", ""),
    (Audience.ELECTED, "Une élue ou un élu", ""),
    (
        Audience.FORCES,
        "Un membre des forces de sécurité",
        "On ne vous demandera ni votre service ni votre commune. Rien ne dira qui vous êtes.",
    ),
    (Audience.BUSINESS, "Un commerçant, une entreprise, un acteur économique", ""),
    (Audience.ASSOCIATION, "Une association", ""),
    (Audience.CITIZENS_COUNCIL, "Un conseil citoyen", ""),
)
SECONDS = {**dict.fromkeys(ONE_OF, 15), Kind.CHOICES: 25, Kind.TEXT: 40, Kind.FINDING: 120, Kind.PROPOSAL: 120}


@dataclass(frozen=True)
class Option:
    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question on its page, with what was answered and what has to be mended."""

    name: str
    kind: str
    label: str
    help: str
    is_required: bool
    value: str
    error: str
    options: list[Option] = field(default_factory=list)
    warns: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)

    @property
    def is_free(self) -> bool:
        return self.kind in FREE_TEXT

    @property
    def is_one_of(self) -> bool:
        return self.kind in ONE_OF

    @property
    def limit(self) -> int:
        return LONGEST_TEXT


def asked(step: Step, typed: Typed, problems: Sequence[Problem]) -> list[Asked]:
    """A step's questions; the first free text carries the warning."""
    errors = {problem.name: problem.text for problem in problems}
    first_free = next((q["key"] for q in step["questions"] if q["kind"] in FREE_TEXT), None)
    return [_asked(step, q, typed, errors, warns=q["key"] == first_free) for q in step["questions"]]


def _asked(step: Step, question: Question, typed: Typed, errors: Mapping[str, str], *, warns: bool) -> Asked:
    name = name_of(step, question)
    values = typed(name)
    return Asked(
        name=name,
        kind=question["kind"],
        label=question["label"],
        help=question["help"],
        is_required=question["required"],
        value=values[-1] if values else "",
        error=errors.get(name, ""),
        options=[Option(c["key"], c["label"], c["key"] in values) for c in question["choices"]],
        warns=warns,
    )


def answered(steps: list[Step], answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Step by step, what somebody said, in words."""
    return [
        {
            "number": number,
            "title": step["theme"]["title"],
            "answers": [_answer(q, name_of(step, q), answers) for q in step["questions"]],
        }
        for number, step in enumerate(steps, 1)
    ]


def _answer(question: Question, name: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "label": question["label"],
        "texts": in_words(question, answers.get(name)),
        "is_free": question["kind"] in FREE_TEXT,
        "is_typed": not question["choices"],
    }


def in_words(question: Question, value: str | list[str] | None) -> list[str]:
    """Chosen answers by what they say, texts as they are."""
    labels = {choice["key"]: choice["label"] for choice in question["choices"]}
    return [labels.get(one, one) for one in as_typed(value) if one]


def minutes(steps: list[Step]) -> int:
    """How long it takes to answer everything, rounded up, the review included."""
    return ceil(sum(SECONDS.get(q["kind"], 30) for step in steps for q in step["questions"]) / 60) + 1
