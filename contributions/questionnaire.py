"""The questionnaire as a visitor meets it: what is asked, what they answered, how long it takes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assises.look.templatetags.french import count, typo
from consultations.asking import conditions
from consultations.asking.choices import DECLINED, OTHER
from consultations.models import Audience, Campaign, Kind
from consultations.models.facts import FREE_TEXT, ONE_OF
from contributions.intake.answers import Problem, Question, Step, Typed, as_typed, detail_of, id_of, name_of
from contributions.intake.communes import in_words as commune_in_words
from contributions.intake.kinds import LONGEST_LINE, Place, label_of, longest

# In the first person, as on the page where somebody says who speaks.
SPEAKERS: tuple[Any, ...] = (
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
SEVERAL_LINES = {*FREE_TEXT, Kind.LONG_TEXT}
IN_A_ROW = 5
RANKS = ("En premier", "En deuxième", "En troisième", "En quatrième", "En cinquième")


@dataclass(frozen=True)
class Option:
    key: str
    label: str
    is_chosen: bool

    @property
    def checked(self) -> str:
        """Texts rather than conditions in the template, so that a page can be made once and filled."""
        return "checked" if self.is_chosen else ""

    @property
    def selected(self) -> str:
        return " selected" if self.is_chosen else ""

    @property
    def is_apart(self) -> bool:
        """Not an answer like the others."""
        return self.key == DECLINED


@dataclass(frozen=True)
class Rank:
    """One place of a ranking: a list to choose from, no dragging."""

    label: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Shown:
    """The earlier answer of the same page that a question waits for; elsewhere the server has already decided."""

    name: str
    keys: str
    words: str


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
    limit: int
    unit: str = ""
    most: int | None = None
    options: list[Option] = field(default_factory=list)
    ranks: list[Rank] = field(default_factory=list)
    offers: Sequence[Place] = ()
    detail: str = ""
    may_decline: bool = False
    declined: str = ""
    shown: Shown | None = None
    warns: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)

    @property
    def detail_name(self) -> str:
        return detail_of(self.name)

    @property
    def detail_limit(self) -> int:
        return LONGEST_LINE

    @property
    def is_free(self) -> bool:
        return self.kind in FREE_TEXT

    @property
    def is_long(self) -> bool:
        return self.kind in SEVERAL_LINES

    @property
    def is_one_of(self) -> bool:
        return self.kind in ONE_OF

    @property
    def may_have_no_opinion(self) -> bool:
        return self.is_one_of and not self.is_required and not any(option.is_apart for option in self.options)

    @property
    def is_in_a_row(self) -> bool:
        """Five degrees stand side by side where there is room."""
        return self.kind == Kind.SCALE and sum(not option.is_apart for option in self.options) == IN_A_ROW

    @property
    def is_closed(self) -> bool:
        return self.is_one_of or self.kind == Kind.CHOICES

    @property
    def hint(self) -> str:
        """The help that was written, and what the kind itself asks for."""
        return " ".join(text for text in (self.help, self.limits) if text)

    @property
    def limits(self) -> str:
        if self.kind == Kind.CHOICES and self.most:
            return f"{self.most} réponses au plus."
        if self.kind == Kind.COMMUNE:
            return "Son nom, ou votre code postal."
        if self.is_long or self.kind == Kind.TEXT:
            return f"{count(self.limit)} caractères au plus."
        return ""

    @property
    def described(self) -> str:
        """The ids of what explains the field, in the order in which it is read."""
        parts = {"helptext": self.hint, "warning": self.warns, "error": self.error}
        return " ".join(f"{self.id}_{name}" for name, is_there in parts.items() if is_there)

    @property
    def accepts_other(self) -> bool:
        return any(option.key == OTHER for option in self.options)


def speakers_of(campaign: Campaign) -> list[Any]:
    """Those whom the exercise asks."""
    return [speaker for speaker in SPEAKERS if speaker[0] in campaign.audiences]


def asked(
    step: Step, typed: Typed, problems: Sequence[Problem] = (), *, audience: str = "", earlier: Mapping[str, Any]
) -> list[Asked]:
    """A step's questions for one audience; those that wait for an answer of this very step are there, and say so.

    The first free text carries the warning.
    """
    wrong = {problem.name: problem for problem in problems}
    here = {name_of(step, question): question for question in step["questions"]}
    shown: list[Asked] = []
    for question in offered(step, audience, earlier):
        decider = here.get(question["shown_on"])
        warns = question["kind"] in FREE_TEXT and not any(other.warns for other in shown)
        shown.append(_asked(step, question, typed, wrong, decider=decider, warns=warns))
    return shown


def offered(step: Step, audience: str, earlier: Mapping[str, Any]) -> list[Question]:
    """The questions that stand on a step's page; whether some are shown is decided there, by answers of that page."""
    here = {name_of(step, question) for question in step["questions"]}
    return [
        question
        for question in step["questions"]
        if conditions.is_for(question, audience)
        and (question["shown_on"] in here or conditions.is_met(question, earlier))
    ]


def _asked(
    step: Step,
    question: Question,
    typed: Typed,
    wrong: Mapping[str, Problem],
    *,
    decider: Question | None,
    warns: bool,
) -> Asked:
    name, kind = name_of(step, question), question["kind"]
    values, detail, problem = typed(name), typed(detail_of(name)), wrong.get(name)
    has_options = kind in {*ONE_OF, Kind.CHOICES}
    choices = [c for c in question["choices"] if c["key"] != DECLINED or has_options]
    return Asked(
        name=name,
        kind=kind,
        label=question["label"],
        help=question["help"],
        is_required=question["required"],
        value=value_of(kind, values),
        error=problem.text if problem else "",
        limit=longest(kind),
        unit=question["unit"],
        most=question["most"],
        options=[Option(c["key"], c["label"], c["key"] in values) for c in choices],
        ranks=ranks(question, choices, values) if kind == Kind.RANKING else [],
        offers=problem.offers if problem else (),
        detail=detail[-1] if detail else "",
        may_decline=not has_options and len(choices) < len(question["choices"]),
        declined=" checked" if is_declined(values) else "",
        shown=waits_for(question, decider) if decider else None,
        warns=warns,
    )


def value_of(kind: str, values: Sequence[str]) -> str:
    """What stands in a field that is written in."""
    return shown_again(kind, next((value for value in reversed(values) if value and value != DECLINED), ""))


def is_declined(values: Sequence[str]) -> bool:
    return DECLINED in values


def places_of(values: Sequence[str], number: int) -> list[str]:
    """What is put on each of so many places of a ranking."""
    return [*(value for value in values if value != DECLINED), *[""] * number][:number]


def shown_again(kind: str, value: str) -> str:
    """As people write it: a decimal comma, the name of the commune."""
    if kind == Kind.NUMBER:
        return value.replace(".", ",")
    return commune_in_words(value) if kind == Kind.COMMUNE else value


def ranks(question: Question, choices: Sequence[Mapping[str, str]], values: Sequence[str]) -> list[Rank]:
    number = min(question["most"] or len(choices), len(choices))
    placed = places_of(values, number)
    return [
        Rank(
            RANKS[n] if n < len(RANKS) else f"En {n + 1}ᵉ",
            [Option(choice["key"], choice["label"], choice["key"] == placed[n]) for choice in choices],
        )
        for n in range(number)
    ]


def waits_for(question: Question, decider: Question) -> Shown:
    labels = [f"« {label_of(decider, key)} »" for key in question["shown_if"]]
    words = f"Seulement si vous avez répondu {' ou '.join(labels)} à « {decider['label']} »."
    return Shown(question["shown_on"], " ".join(question["shown_if"]), typo(words))


def answered(steps: Sequence[Step], answers: Mapping[str, Any], audience: str = "") -> list[dict[str, Any]]:
    """Step by step, what somebody said, in words; what they were not asked is left out."""
    return [
        {"number": step["number"], "title": step["theme"]["title"], "answers": answers_in(step, answers)}
        for step in conditions.asked(steps, audience, answers)
    ]


def answers_in(step: Step, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every question of a step with its answer in words, asked or not."""
    return [_answer(question, name_of(step, question), answers) for question in step["questions"]]


def _answer(question: Question, name: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "label": question["label"],
        "texts": in_words(question, answers.get(name), answers.get(detail_of(name), "")),
        "is_free": question["kind"] in FREE_TEXT,
        "is_ranked": question["kind"] == Kind.RANKING,
        "is_typed": question["kind"] in {*SEVERAL_LINES, Kind.TEXT, Kind.NUMBER, Kind.COMMUNE},
    }


def in_words(question: Question, value: str | list[str] | None, detail: str = "") -> list[str]:
    """Chosen answers by what they say, texts as they are."""
    labels = {choice["key"]: choice["label"] for choice in question["choices"]}
    if detail:
        labels[OTHER] = f"Autre\u00a0: {detail}"
    texts = [labels.get(one, shown_again(question["kind"], one)) for one in as_typed(value) if one]
    if question["unit"] and texts and texts[0] not in labels.values():
        return [f"{texts[0]}\u00a0{question['unit']}"]
    return texts
