"""What changed between two questionnaires, in words. Pure: over the frozen content."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consultations.asking.conditions import in_words, named
from consultations.models import Audience
from consultations.steering.core_changes import Change

Asked = Mapping[str, Any]
Steps = Sequence[Mapping[str, Any]]
NOTHING = "rien"


@dataclass(frozen=True)
class Difference:
    """Where, what, and whether answers given before keep their meaning."""

    subject: str
    what: str
    before: str = ""
    after: str = ""
    is_words: bool = False


def between(before: Steps, after: Steps) -> list[Difference]:
    """What would change for the public if `after` took the place of `before`."""
    return [*_themes(before, after), *_questions(before, after)]


def _themes(before: Steps, after: Steps) -> Iterator[Difference]:
    were = {step["theme"]["key"]: step["theme"] for step in before}
    are = {step["theme"]["key"]: step["theme"] for step in after}
    for key, theme in are.items():
        if key not in were:
            yield Difference(theme["title"], "thème ajouté")
        for fact, what in (("title", "titre du thème"), ("description", "description du thème")):
            if key in were and were[key].get(fact, "") != theme.get(fact, ""):
                yield Difference(theme["title"], what, were[key][fact], theme[fact], is_words=True)
    yield from (Difference(theme["title"], "thème retiré") for key, theme in were.items() if key not in are)
    if [key for key in were if key in are] != [key for key in are if key in were]:
        yield Difference("Thèmes", "ordre changé", _listed(were, "title"), _listed(are, "title"))


def _listed(rows: Mapping[str, Asked], fact: str) -> str:
    return ", ".join(row[fact] for row in rows.values())


def _questions(before: Steps, after: Steps) -> Iterator[Difference]:
    were, are = dict(named(before)), dict(named(after))
    for name, question in are.items():
        if name not in were:
            yield Difference(question["label"], "question ajoutée")
        else:
            for change, is_words in changes_of(were[name], question, before, after):
                yield Difference(question["label"], change["what"], change["before"], change["after"], is_words)
    yield from (Difference(question["label"], "question retirée") for name, question in were.items() if name not in are)
    if [name for name in were if name in are] != [name for name in are if name in were]:
        yield Difference("Questions", "ordre changé")


def changes_of(before: Asked, after: Asked, were: Steps = (), are: Steps = ()) -> Iterator[tuple[Change, bool]]:
    """Each fact of a question that changed, and whether it is only its words."""
    for what, is_words, (old, new) in (
        ("question", True, (before["label"], after["label"])),
        ("précision", True, (before["help"], after["help"])),
        ("réponses proposées", _keys(before) == _keys(after), (_answers(before), _answers(after))),
        ("nombre de réponses", False, (before["most"], after["most"])),
        ("nombre le plus petit", False, (before["lowest"], after["lowest"])),
        ("nombre le plus grand", False, (before["highest"], after["highest"])),
        ("unité", False, (before["unit"], after["unit"])),
        ("type de réponse", False, (before["kind"], after["kind"])),
        ("réponse obligatoire", False, (_yes(before["required"]), _yes(after["required"]))),
        ("publics", False, (_audiences(before), _audiences(after))),
        ("condition", False, (_condition(before), _condition(after))),
    ):
        if old != new:
            if what == "condition":
                old, new = in_words(before, were), in_words(after, are)  # noqa: PLW2901
            yield {"what": what, "before": _said(old), "after": _said(new)}, is_words


def _keys(question: Asked) -> list[str]:
    return [choice["key"] for choice in question["choices"]]


def _answers(question: Asked) -> str:
    return ", ".join(choice["label"] for choice in question["choices"])


def _audiences(question: Asked) -> str:
    return ", ".join(Audience(each).label for each in question["audiences"]) or "tous"


def _condition(question: Asked) -> tuple[str, tuple[str, ...]]:
    return question["shown_on"], tuple(sorted(question["shown_if"]))


def _yes(value: bool) -> str:  # noqa: FBT001 (a fact, not an option)
    return "oui" if value else "non"


def _said(value: Any) -> str:
    return NOTHING if value in (None, "") else str(value)
