"""Which questions are asked to whom, and whether what decides it holds together. Pure: over the frozen content.

A question's name is `theme-key.question-key`. `shown_on` names an earlier question, `shown_if` the keys of its answers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consultations.models.facts import CAN_DECIDE, Audience, Kind

Step = Mapping[str, Any]
Asked = Mapping[str, Any]
Answers = Mapping[str, Any]  # by name: what was answered, a text or a list of texts


@dataclass(frozen=True)
class Fault:
    """What does not hold in the condition of the question of that name. A warning does not refuse anything."""

    name: str
    text: str
    is_warning: bool = False


def named(steps: Sequence[Step]) -> Iterator[tuple[str, Asked]]:
    """Every question with its name, in the order in which they are asked."""
    for step in steps:
        for question in step["questions"]:
            yield f"{step['theme']['key']}.{question['key']}", question


def applies(question: Asked, audience: str, answers: Answers) -> bool:
    """Whether this is asked to somebody who has answered so."""
    return is_for(question, audience) and is_met(question, answers)


def is_for(question: Asked, audience: str) -> bool:
    """Members of the forces are never asked where they live or work: in a small brigade it would name them."""
    if question["kind"] == Kind.COMMUNE and audience == Audience.FORCES:
        return False
    return not question["audiences"] or audience in question["audiences"]


def is_met(question: Asked, answers: Answers) -> bool:
    if not question["shown_on"]:
        return True
    given = answers.get(question["shown_on"]) or []
    return any(each in question["shown_if"] for each in ([given] if isinstance(given, str) else given))


def asked(steps: Sequence[Step], audience: str, answers: Answers) -> list[dict[str, Any]]:
    """The steps with what applies only; each keeps its `number`. An answer to what does not apply does not count."""
    counted: dict[str, Any] = {}
    kept = []
    for number, step in enumerate(steps, 1):
        questions = []
        for name, question in named([step]):
            if applies(question, audience, counted):
                questions.append(question)
                counted[name] = answers.get(name)
        if questions:
            kept.append({**step, "number": number, "questions": questions})
    return kept


def has_conditions(steps: Sequence[Step]) -> bool:
    """Whether what is asked of somebody depends on what they answer."""
    return any(question["shown_on"] for _, question in named(steps))


def depends_on(steps: Sequence[Step], name: str) -> list[Asked]:
    """The questions that the answer to this one decides."""
    return [question for _, question in named(steps) if question["shown_on"] == name]


def in_words(question: Asked, steps: Sequence[Step]) -> str:
    """« posée si la réponse à « … » est « Oui » », for the staff."""
    if not question["shown_on"]:
        return ""
    decides = dict(named(steps)).get(question["shown_on"])
    if decides is None:
        return "posée selon une question qui n’existe plus"
    labels = {choice["key"]: choice["label"] for choice in decides["choices"]}
    quoted = {key: f"«\u00a0{label}\u00a0»" for key, label in labels.items()}
    answers = " ou ".join(quoted.get(key, "une réponse qui n’existe plus") for key in question["shown_if"])
    return f"posée si la réponse à «\u00a0{decides['label']}\u00a0» est {answers}"


def faults(steps: Sequence[Step]) -> list[Fault]:
    """What does not hold, question by question, in their order."""
    questions = dict(named(steps))
    places = {name: place for place, name in enumerate(questions)}
    found: list[Fault] = []
    for name, question in questions.items():
        if question["shown_on"]:
            found += _faults_of(name, question, questions, places)
    return found


def _faults_of(
    name: str, question: Asked, questions: Mapping[str, Asked], places: Mapping[str, int]
) -> Iterator[Fault]:
    said = f"«\u00a0{question['label']}\u00a0»"
    on = question["shown_on"]
    decides = questions.get(on)
    if decides is None:
        yield Fault(
            name,
            f"{said} dépend d’une question qui n’existe plus. Choisissez-en une autre, ou posez-la sans condition.",
        )
        return
    first = f"«\u00a0{decides['label']}\u00a0»"
    if (ring := _ring(name, questions)) is not None:
        yield Fault(name, _circular(said, first, ring, is_itself=on == name))
    elif places[on] > places[name]:
        yield Fault(
            name, f"{said} dépend de {first}, qui vient après elle. Placez {said} plus bas, ou {first} plus haut."
        )
    if decides["kind"] not in CAN_DECIDE:
        yield Fault(
            name,
            f"{said} dépend de {first}, dont la réponse s’écrit librement. "
            "Seule une question à choix, une échelle ou un oui ou non peut décider.",
        )
        return
    keys = {choice["key"] for choice in decides["choices"]}
    if gone := [key for key in question["shown_if"] if key not in keys]:
        some = "d’une réponse" if len(gone) == 1 else f"de {len(gone)} réponses"
        yield Fault(name, f"{said} dépend {some} que {first} ne propose plus. Choisissez parmi ses réponses.")
    if missed := _never_asked(question, decides):
        yield Fault(
            name,
            f"{said} ne sera jamais posée à certains publics ({missed})\u00a0: {first}, dont elle dépend, "
            "ne leur est pas posée.",
            is_warning=True,
        )


def _ring(name: str, questions: Mapping[str, Asked]) -> list[str] | None:
    """The questions one passes before coming back to this one; nothing when one never comes back."""
    passed: list[str] = []
    here = questions[name]["shown_on"]
    while here in questions and here not in passed:
        if here == name:
            return passed
        passed.append(here)
        here = questions[here]["shown_on"]
    return None


def _circular(said: str, first: str, ring: list[str], *, is_itself: bool) -> str:
    if is_itself:
        return f"{said} dépend d’elle-même\u00a0: elle ne serait jamais posée. Choisissez une question qui la précède."
    through = "" if len(ring) == 1 else " à travers d’autres questions"
    return (
        f"{said} dépend de {first}, qui dépend d’elle{through}\u00a0: aucune ne serait jamais posée. "
        "Retirez l’une des deux conditions."
    )


def _never_asked(question: Asked, decides: Asked) -> str:
    """The audiences that are asked this, but not what decides it."""
    theirs = question["audiences"] or Audience.values
    return ", ".join(Audience(each).label for each in theirs if is_for(question, each) and not is_for(decides, each))
