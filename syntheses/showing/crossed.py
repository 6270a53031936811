"""Cross-tables by audience and arrondissement, in which nobody can be recognised.

Themes come from the run's own counts. A closed question is counted when it is asked for: one grouped statement, in
which people who answered alike are one row, so that a hundred thousand are a few hundred.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from consultations.asking.choices import DECLINED, OTHER
from consultations.asking.conditions import applies
from consultations.models import Audience, Consultation, Kind
from consultations.models.facts import ONE_OF, WITH_CHOICES
from syntheses.crosstabs import Table, table_of, table_with_sums
from syntheses.figures import questionnaires, steps_of
from syntheses.models import Tally
from syntheses.showing.numbers import Numbers

CLOSED = {*WITH_CHOICES, Kind.YES_NO}
NO_ANSWER, DECLINED_WORDS, OTHER_WORDS = "Sans réponse", "Ne souhaite pas répondre", "Autre réponse"
SPEAKS_OF_SEVERAL = "Une contribution peut parler de plusieurs thèmes\u00a0: les lignes ne s’additionnent pas."
SEVERAL_ANSWERS = "Plusieurs réponses sont possibles\u00a0: les lignes ne s’additionnent pas."
ALIKE = """
SELECT version_id, audience, answers -> %(name)s, answers -> %(decides)s, count(*)
FROM contributions_contribution
WHERE prefecture_id = %(prefecture)s AND consultation_id = %(consultation)s
  AND replaced_at IS NULL AND withdrawn_at IS NULL
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Closed:
    """A closed question, in the words of the last version that asked it."""

    name: str
    theme: str
    facts: Mapping[str, Any]

    @property
    def label(self) -> str:
        return str(self.facts["label"])


@dataclass(frozen=True)
class Alike:
    """So many people of one audience who answered alike; `given` is nothing where somebody left it blank."""

    audience: str
    given: list[str]
    number: int


def themes_by(numbers: Numbers, about: str, labels: Mapping[str, str], title: str) -> Table:
    """Contributions that speak of each theme, by one column: only columns in which there is somebody."""
    table = numbers.table(about)
    columns = [key for key in labels if any(counts.get(key) for counts in table.values())]
    lines = [
        (theme.title, [table.get(theme.key, {}).get(key, 0) for key in columns])
        for theme in numbers.themes
        if table.get(theme.key)
    ]
    return table_of(title, lines, [labels[key] for key in columns], note=SPEAKS_OF_SEVERAL)


def themes_by_audience(numbers: Numbers) -> Table:
    return themes_by(numbers, Tally.About.THEME_AUDIENCE, dict(Audience.choices), "Thèmes, par public")


def themes_by_place(numbers: Numbers, consultation: Consultation) -> Table:
    places = apps.get_model("accounts", "Arrondissement").objects.filter(prefecture=consultation.prefecture_id)
    labels = dict(places.order_by("code").values_list("code", "name"))
    return themes_by(numbers, Tally.About.THEME_PLACE, labels, "Thèmes, par arrondissement")


def closed_questions(consultation: Consultation) -> list[Closed]:
    found: dict[str, Closed] = {}
    for theme, questions in steps_of(questionnaires(consultation)):
        for question in questions:
            name = f"{theme['key']}.{question['key']}"
            if question["kind"] in CLOSED and name not in found:
                found[name] = Closed(name, theme["title"], question)
    return list(found.values())


def question_by_audience(consultation: Consultation, closed: Closed) -> Table:
    """Each answer by audience, those who left it blank, and how many were asked."""
    people = list(alike(consultation, closed.name))
    columns = [key for key in Audience.values if any(one.audience == key for one in people)]
    counts = {column: Counter[str]() for column in columns}
    for one in people:
        for answer in one.given or [NO_ANSWER]:
            counts[one.audience][answer] += one.number
    lines = [
        (label, [counts[column][key] for column in columns]) for key, label in answers_of(closed.facts, counts.values())
    ]
    names = [str(Audience(column).label) for column in columns]
    if closed.facts["kind"] in ONE_OF:
        return table_with_sums(closed.label, lines, names)
    return table_of(closed.label, lines, names, note=SEVERAL_ANSWERS)


def answers_of(facts: Mapping[str, Any], counts: Any) -> list[tuple[str, str]]:
    """What was proposed, in its order; then what else was answered, and the blanks, which are never left out."""
    proposed = [(choice["key"], choice["label"]) for choice in facts["choices"]]
    if facts["kind"] == Kind.YES_NO:
        proposed = [("oui", "Oui"), ("non", "Non")]
    said = {key for counted in counts for key in counted}
    known = {key for key, _ in proposed}
    extra = [(key, label) for key, label in ((OTHER, OTHER_WORDS), (DECLINED, DECLINED_WORDS)) if key in said - known]
    return [*proposed, *extra, (NO_ANSWER, NO_ANSWER)]


def alike(consultation: Consultation, name: str) -> Iterator[Alike]:
    """Only those who were asked: by a version that holds the question, given who they are and what they answered."""
    asked = {
        pk: question
        for pk, content in questionnaires(consultation).items()
        for theme, questions in steps_of({pk: content})
        for question in questions
        if f"{theme['key']}.{question['key']}" == name
    }
    for decides in sorted({question["shown_on"] for question in asked.values()}):
        own = {pk: question for pk, question in asked.items() if question["shown_on"] == decides}
        yield from grouped(consultation, name, decides, own)


def grouped(
    consultation: Consultation, name: str, decides: str, asked: Mapping[Any, Mapping[str, Any]]
) -> Iterator[Alike]:
    names = {
        "name": name,
        "decides": decides,
        "prefecture": consultation.prefecture_id,
        "consultation": consultation.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, names)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    for version, audience, given, decided, number in rows:
        question, answer = asked.get(version), read_json(given)
        if question is not None and applies(question, audience, {decides: read_json(decided)} if decides else {}):
            values = answer if isinstance(answer, list) else [answer]
            yield Alike(audience, [str(value) for value in values if value not in {None, ""}], number)


def read_json(stored: str | None) -> Any:
    """The database hands JSON over as text."""
    return json.loads(stored) if stored else None
