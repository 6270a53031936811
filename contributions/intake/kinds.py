"""One answer of each kind: what was typed becomes a value that can be stored, or a sentence on how to mend it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assises.look.templatetags.french import count
from consultations.asking.choices import DECLINED, OTHER
from consultations.models import Kind
from consultations.models.facts import ONE_OF

Question = Mapping[str, Any]
LONGEST_TEXT = 4_000
LONGEST_LINE = 300
LONGEST_NUMBER = 12
NUMBER = re.compile(r"[+-]?\d+([.,]\d{1,2})?")
# Unicode’s categories Cc and Cs, less the end of a line and the tabulation.
CONTROLS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
DECLINED_WITH = "« Je ne souhaite pas répondre » ne va pas avec {}. Gardez l’un ou l’autre."


@dataclass(frozen=True)
class Place:
    """A commune as it is stored (« 47001 Agen ») and as it is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Places:
    """What somebody typed may mean: one commune, several, or none but some that look alike."""

    found: Sequence[Place] = ()
    alike: Sequence[Place] = ()


FindPlaces = Callable[[str], Places]


def nowhere(typed: str) -> Places:
    """For questionnaires read again without a database: what is stored is taken as it is."""
    return Places(found=[Place(typed, typed)])


@dataclass(frozen=True)
class Read:
    """One answer. `detail` is what was written beside « Autre »; `offers` are communes to choose from."""

    value: str | list[str] = ""
    trouble: str = ""
    detail: str = ""
    offers: Sequence[Place] = field(default_factory=tuple)


def clean(text: str) -> str:
    """Once, at the door: what neither a database nor a spreadsheet can hold is taken out; the words stay as written."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text).strip()


def longest(kind: str) -> int:
    return LONGEST_LINE if kind in {Kind.TEXT, Kind.COMMUNE} else LONGEST_TEXT


def read(question: Question, values: list[str], detail: str = "", find: FindPlaces = nowhere) -> Read:
    """Whatever its kind."""
    kind = question["kind"]
    if kind in ONE_OF:
        return read_choice(question, values[-1] if values else "", clean(detail))
    if kind == Kind.CHOICES:
        return read_choices(question, [value for value in values if value], clean(detail))
    if kind == Kind.RANKING:
        return read_ranking(question, [value for value in values if value])
    return read_typed(question, values, find)


def read_choice(question: Question, value: str, detail: str) -> Read:
    if detail and not value and OTHER in keys_of(question):
        value = OTHER
    if value and value not in keys_of(question):
        return Read(trouble="Choisissez une des réponses proposées.")
    if value == OTHER:
        return with_detail(OTHER, detail)
    if detail and value:
        chosen = label_of(question, value)
        return Read(
            value, f"Vous avez choisi « {chosen} » et précisé une autre réponse. Gardez l’une des deux.", detail
        )
    return Read(value)


def read_choices(question: Question, values: list[str], detail: str) -> Read:
    known = keys_of(question)
    kept = [key for key in known if key in values]
    if detail and OTHER in known and OTHER not in kept:
        kept.append(OTHER)
    if not set(values) <= set(known):
        return Read(kept, "Choisissez parmi les réponses proposées.", detail)
    if DECLINED in kept and len(kept) > 1:
        return Read(
            kept, "« Je ne souhaite pas répondre » ne va pas avec une autre réponse. Décochez l’une ou l’autre.", detail
        )
    if question["most"] and len(kept) > question["most"]:
        return Read(kept, f"Gardez {question['most']} réponses au plus\u00a0: vous en avez coché {len(kept)}.", detail)
    return with_detail(kept, detail) if OTHER in kept else Read(kept)


def with_detail(value: str | list[str], detail: str) -> Read:
    if not detail:
        return Read(value, "Précisez ce que vous entendez par « Autre », ou choisissez une autre réponse.")
    if len(detail) > LONGEST_LINE:
        return Read(value, too_long(detail, LONGEST_LINE), detail)
    return Read(value, detail=detail)


def read_ranking(question: Question, values: list[str]) -> Read:
    """The first is the most important; places left empty do not count."""
    known = keys_of(question)
    if not set(values) <= set(known):
        return Read(trouble="Choisissez parmi les réponses proposées.")
    twice = next((value for place, value in enumerate(values) if value in values[:place]), None)
    if twice:
        return Read(values, f"« {label_of(question, twice)} » est placé deux fois. Changez une des deux places.")
    if DECLINED in values and len(values) > 1:
        return Read(values, DECLINED_WITH.format("un classement"))
    return Read(values)


def read_typed(question: Question, values: list[str], find: FindPlaces) -> Read:
    declined = DECLINED in values and DECLINED in keys_of(question)
    typed = [clean(value) for value in values if value != DECLINED]
    text = next((value for value in reversed(typed) if value), "")
    if declined and text:
        return Read(text, DECLINED_WITH.format("une réponse écrite"))
    if declined or not text:
        return Read(DECLINED if declined else "")
    if len(text) > longest(question["kind"]):
        return Read(text, too_long(text, longest(question["kind"])))
    if question["kind"] == Kind.NUMBER:
        return read_number(question, text)
    if question["kind"] == Kind.COMMUNE:
        return read_commune(text, find)
    return Read(text)


def too_long(text: str, limit: int) -> str:
    return f"Votre texte compte {count(len(text))} caractères. Ramenez-le à {count(limit)} au plus."


def read_number(question: Question, text: str) -> Read:
    """Stored with a point and no spaces: « 1 250,5 » is 1250.5."""
    bare = "".join(text.split())
    if len(bare) > LONGEST_NUMBER or not NUMBER.fullmatch(bare):
        return Read(text, "Écrivez un nombre, en chiffres.")
    number = float(bare.replace(",", "."))
    lowest, highest = question["lowest"], question["highest"]
    if lowest is not None and number < lowest:
        return Read(text, f"Écrivez un nombre d’au moins {count(lowest)}.")
    if highest is not None and number > highest:
        return Read(text, f"Écrivez un nombre d’au plus {count(highest)}.")
    return Read(f"{number:g}" if abs(number) < 1e6 else f"{number:.2f}".rstrip("0").rstrip("."))  # noqa: PLR2004


def read_commune(text: str, find: FindPlaces) -> Read:
    places = find(text)
    if len(places.found) == 1:
        return Read(places.found[0].value)
    if places.found:
        return Read(text, "Plusieurs communes correspondent. Choisissez la vôtre.", offers=places.found)
    if places.alike:
        near = "Aucune commune du département ne porte ce nom. Est-ce une de celles-ci\u202f?"
        return Read(text, near, offers=places.alike)
    return Read(text, "Aucune commune ne porte ce nom. Vérifiez l’orthographe, ou écrivez le code postal.")


def keys_of(question: Question) -> list[str]:
    return [choice["key"] for choice in question["choices"]]


def label_of(question: Question, key: str) -> str:
    return next((choice["label"] for choice in question["choices"] if choice["key"] == key), key)


def missing(question: Question) -> str:
    if question["kind"] in ONE_OF:
        return "Choisissez une réponse."
    if question["kind"] == Kind.CHOICES:
        return "Choisissez au moins une réponse."
    if question["kind"] == Kind.RANKING:
        return "Placez au moins une réponse."
    return "Écrivez votre réponse."
