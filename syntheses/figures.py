"""What was received, counted: every contribution up to one moment, by channel, audience, answer and theme.

Nothing here decides anything: it counts rows, in an order that does not depend on how they are stored.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from consultations.asking.choices import DECLINED
from consultations.asking.conditions import applies, named
from consultations.asking.content import Content
from consultations.models import Audience, Consultation, Kind, QuestionnaireVersion
from consultations.models.facts import FREE_TEXT, WITH_CHOICES
from contributions.models import Channel, Contribution, LogEntry, Statement

QUOTES_A_PILE = 5
ROWS_AT_ONCE = 2000
T = TypeVar("T")
CLOSED = {*WITH_CHOICES, Kind.YES_NO}
SMALLEST_CELL = 5
FACTS = (
    "pk", "version", "channel", "audience", "may_publish", "received_at", "answers",
    "replaced_at", "withdrawn_at", "unquoted_at",
)  # fmt: skip


@dataclass(frozen=True)
class QuestionCount:
    """One question: who was asked, who answered, and each answer in the order in which it was proposed."""

    key: str
    label: str
    kind: str
    choices: list[tuple[str, int]]
    asked: int
    answered: int
    firsts: list[tuple[str, int]] = field(default_factory=list)  # of a ranking: how often each came first
    numbers: list[float] = field(default_factory=list)
    unit: str = ""

    @property
    def missing(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Pile:
    """The passages of one nature in one theme: all counted, some quoted."""

    number: int = 0
    quotable: int = 0
    quotes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ThemeCount:
    key: str
    title: str
    questions: list[QuestionCount]
    findings: Pile
    proposals: Pile

    @property
    def is_silent(self) -> bool:
        return not (self.questions or self.findings.number or self.proposals.number)


@dataclass(frozen=True)
class Participation:
    """Received = counted + corrected since + withdrawn; channels and audiences are those of what is counted."""

    received: int
    channels: list[tuple[str, int]]
    audiences: list[tuple[str, int]]
    passages: int
    replaced: int = 0
    withdrawn: int = 0

    @property
    def counted(self) -> int:
        return self.received - self.replaced - self.withdrawn


@dataclass(frozen=True)
class Gathered:
    participation: Participation
    themes: list[ThemeCount]


@dataclass(frozen=True)
class Received:
    """What is counted of a contribution."""

    key: UUID
    version: int | None
    channel: str
    audience: str
    may_publish: bool
    received_at: datetime
    answers: dict[str, Any]
    replaced_at: datetime | None = None
    withdrawn_at: datetime | None = None
    unquoted_at: datetime | None = None


def counted(rows: list[Received], moment: datetime) -> list[Received]:
    """Those that count: neither corrected nor withdrawn by then."""
    return [row for row in rows if not (by(row.replaced_at, moment) or by(row.withdrawn_at, moment))]


def by(event: datetime | None, moment: datetime) -> bool:
    return event is not None and event <= moment


def recorded(consultation: Consultation, moment: datetime) -> list[Received]:
    """Every contribution recorded by then, since late paper keeps the date of its postmark.

    Two plain scans joined here: as one query it takes a hundred times longer when the tables have just grown.
    """
    code = consultation.prefecture_id
    entries = LogEntry.objects.for_prefecture(code).filter(consultation=consultation, event=LogEntry.Event.RECEIVED)
    known = set(entries.filter(recorded_at__lte=moment).order_by().values_list("contribution_id", flat=True))
    rows = Contribution.objects.for_prefecture(code).filter(consultation=consultation).order_by()
    facts = rows.values_list(*FACTS)
    return [Received(*row) for row in facts.iterator(ROWS_AT_ONCE) if row[0] in known]


def gather(consultation: Consultation, moment: datetime) -> Gathered:
    everything = recorded(consultation, moment)
    rows = counted(everything, moment)
    versions = questionnaires(consultation)
    answers = count_answers(rows, versions)
    piles = pile_up(consultation, rows)
    known = {theme["key"]: theme["title"] for theme, _ in steps_of(versions)}
    loose = sorted({theme for theme, _ in piles} - set(known))
    titles = known | {key: "Sans thème" if key == "" else key for key in loose}
    themes = [
        ThemeCount(
            key=key,
            title=title,
            questions=[question for question in answers if question.key.startswith(f"{key}.")],
            findings=piles.get((key, str(Statement.Kind.FINDING)), Pile()),
            proposals=piles.get((key, str(Statement.Kind.PROPOSAL)), Pile()),
        )
        for key, title in titles.items()
    ]
    participation = Participation(
        received=len(everything),
        channels=tally((row.channel for row in rows), Channel.choices),
        audiences=tally((row.audience for row in rows), Audience.choices),
        passages=sum(pile.number for pile in piles.values()),
        # One that was corrected and then withdrawn was corrected: it no longer counted.
        replaced=sum(by(row.replaced_at, moment) for row in everything),
        withdrawn=sum(by(row.withdrawn_at, moment) and not by(row.replaced_at, moment) for row in everything),
    )
    return Gathered(participation, themes)


def tally(values: Iterable[str], choices: Iterable[tuple[str, str]]) -> list[tuple[str, int]]:
    """The most frequent first; ties in the order in which they are declared; what never came is left out."""
    numbers = Counter(values)
    found = [(str(label), numbers[value]) for value, label in choices if numbers[value]]
    return sorted(found, key=lambda pair: -pair[1])


def questionnaires(consultation: Consultation) -> dict[int | None, Content]:
    """What was asked, by version: the last published first, since its words are those that people know."""
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id)
    return dict(versions.filter(consultation=consultation).order_by("-number").values_list("pk", "content"))


def steps_of(versions: dict[int | None, Content]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for content in versions.values():
        for step in content["steps"]:
            yield step["theme"], step["questions"]


def count_answers(rows: list[Received], versions: dict[int | None, Content]) -> list[QuestionCount]:
    """Closed and short questions, in words of the last version that asked them."""
    questions: dict[str, dict[str, Any]] = {}
    labels: dict[str, dict[str, str]] = {}
    for theme, asked in steps_of(versions):
        for question in asked:
            if question["kind"] not in FREE_TEXT:
                key = f"{theme['key']}.{question['key']}"
                questions.setdefault(key, question)
                for choice in question["choices"]:
                    labels.setdefault(key, {}).setdefault(choice["key"], choice["label"])
    answered = {key: [row.answers[key] for row in rows if given(row.answers.get(key))] for key in questions}
    asked_of = count_asked(rows, versions)
    return [
        counted_question(key, question, answered[key], labels.get(key, {}), asked_of[key])
        for key, question in questions.items()
    ]


def counted_question(
    key: str, question: dict[str, Any], answers: list[Any], labels: dict[str, str], asked: int
) -> QuestionCount:
    kind = question["kind"]
    chosen = Counter(value for answer in answers for value in given(answer))
    written = [answer for answer in answers if answer != DECLINED]
    choices = named_choices(labels, chosen) if kind in CLOSED else []
    is_ranking, is_number = kind == Kind.RANKING, kind == Kind.NUMBER
    return QuestionCount(
        key=key,
        label=question["label"],
        kind=kind,
        choices=by_commune(written) if kind == Kind.COMMUNE else choices,
        asked=asked,
        answered=len(answers),
        firsts=named_choices(labels, Counter(answer[0] for answer in written)) if is_ranking else [],
        numbers=sorted(float(answer) for answer in written) if is_number else [],
        unit=question["unit"],
    )


def count_asked(rows: list[Received], versions: dict[int | None, Content]) -> Counter[str]:
    """Asked: whoever answered a version that holds the question, and was asked it given who they are and said."""
    forms = Counter(row.version for row in rows)
    asked: Counter[str] = Counter()
    for pk, content in versions.items():
        own = [row for row in rows if row.version == pk]
        for name, question in named(content["steps"]):
            if question["shown_on"] or question["audiences"] or question["kind"] == Kind.COMMUNE:
                asked[name] += sum(applies(question, row.audience, row.answers) for row in own)
            else:
                asked[name] += forms[pk]
    return asked


def by_commune(stored: list[str]) -> list[tuple[str, int]]:
    """The most frequent first; a commune of which too few speak is not named."""
    numbers = Counter(value.partition(" ")[2] for value in stored)
    found = sorted(
        ((name, n) for name, n in numbers.items() if n >= SMALLEST_CELL), key=lambda pair: (-pair[1], pair[0])
    )
    others = sum(n for n in numbers.values() if n < SMALLEST_CELL)
    return [*found, ("Autres communes", others)] if others else found


def given(answer: Any) -> set[str]:
    """The choices of one answer; nothing when it was left blank."""
    values = answer if isinstance(answer, list) else [answer]
    return {str(value) for value in values if value not in {None, ""}}


def named_choices(labels: dict[str, str], chosen: Counter[str]) -> list[tuple[str, int]]:
    """Every proposed answer, chosen or not; what is no longer proposed is counted under one line."""
    found = [(label, chosen[key]) for key, label in labels.items()]
    others = sum(number for key, number in chosen.items() if key not in labels)
    return [*found, ("Autre réponse", others)] if others else found


def pile_up(consultation: Consultation, rows: list[Received]) -> dict[tuple[str, str], Pile]:
    """Passages by theme and nature. Quoted are only those whose author permits it, evenly spread over time.

    Whoever objected since is no longer quoted, whatever the moment of the figures; nor are words that look like
    somebody's data or somebody in danger, until a person of the team has looked at them.
    """
    contributions = {row.key: row for row in rows}
    piles: Counter[tuple[str, str]] = Counter()
    permitted: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for pk, key, theme, kind, position, withheld in passages_of(consultation).values_list(
        "pk", "contribution", "theme_key", "kind", "position", "withheld"
    ):
        contribution = contributions.get(key)
        if contribution is None:
            continue
        piles[theme, kind] += 1
        if contribution.may_publish and contribution.unquoted_at is None and not withheld:
            permitted.setdefault((theme, kind), []).append((contribution.received_at, key, position, pk))
    chosen = {pile: [place[-1] for place in spread(sorted(places))] for pile, places in permitted.items()}
    texts = texts_of(consultation, [pk for keys in chosen.values() for pk in keys], contributions)
    return {
        pile: Pile(number, len(permitted.get(pile, [])), [texts[pk] for pk in chosen.get(pile, [])])
        for pile, number in piles.items()
    }


def passages_of(consultation: Consultation) -> Any:
    rows = Statement.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(contribution__consultation=consultation).order_by()


def spread(keys: list[T]) -> list[T]:
    """At most so many, at equal distances: nobody chooses, and the same ones come back each time."""
    if len(keys) <= QUOTES_A_PILE:
        return keys
    return [keys[index * len(keys) // QUOTES_A_PILE] for index in range(QUOTES_A_PILE)]


def texts_of(
    consultation: Consultation, keys: list[int], contributions: dict[UUID, Received]
) -> dict[int, tuple[str, str]]:
    """The words and the channel they came by: no more, so that nobody can be recognised by it."""
    rows = Statement.objects.for_prefecture(consultation.prefecture_id).filter(pk__in=keys).order_by()
    return {
        pk: (text, str(Channel(contributions[key].channel).label))
        for pk, text, key in rows.values_list("pk", "text", "contribution")
    }
