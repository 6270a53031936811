"""From rows to what the analysis takes: the statements that count, the themes, and what people decided."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncDate

from assises.accounts.models import Commune
from consultations.asking.content import Content
from consultations.models import Audience, Consultation, Kind, QuestionnaireVersion, Theme
from contributions.models import Contribution, LogEntry, Statement
from syntheses.analysis.shape import Decisions, Group, Name, Said, ThemeFacts
from syntheses.models import Decision, Grouping, Reading

ROWS_AT_ONCE = 5_000
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Act:
    """What is counted of a contribution, besides its words."""

    channel: str
    audience: str
    day: int
    place: str
    may_quote: bool


@dataclass(frozen=True)
class Taken:
    """All that one run reads. `states` counts contributions: received, counted, replaced, withdrawn."""

    acts: dict[str, Act]
    said: list[Said]
    themes: list[ThemeFacts]
    decisions: Decisions
    states: dict[str, int]


def take(consultation: Consultation, moment: datetime) -> Taken:
    """What had been recorded by then and counts; the same again, whenever it is asked."""
    acts, states = acts_of(consultation, moment)
    return Taken(
        acts=acts,
        said=list(said_in(consultation, acts)),
        themes=themes_of(consultation),
        decisions=decisions_of(consultation),
        states=states,
    )


def acts_of(consultation: Consultation, moment: datetime) -> tuple[dict[str, Act], dict[str, int]]:
    code = consultation.prefecture_id
    entries = LogEntry.objects.for_prefecture(code).filter(consultation=consultation, event=LogEntry.Event.RECEIVED)
    too_late = {str(key) for key in entries.filter(recorded_at__gt=moment).values_list("contribution_id", flat=True)}
    rows = Contribution.objects.for_prefecture(code).filter(consultation=consultation).order_by()
    places = arrondissements(code)
    states = dict.fromkeys(("received", "counted", "replaced", "withdrawn"), 0)
    acts: dict[str, Act] = {}
    facts = rows.values_list(
        Cast("pk", TextField()),
        "channel",
        "audience",
        TruncDate("received_at", tzinfo=consultation.prefecture.zone),
        commune_of(consultation),
        Q(may_publish=True) & Q(unquoted_at=None),
        "replaced_at",
        "withdrawn_at",
    )
    for key, channel, audience, day, commune, may_quote, replaced_at, withdrawn_at in facts.iterator(ROWS_AT_ONCE):
        if key in too_late:
            continue
        states["received"] += 1
        # One that was corrected and then withdrawn was corrected: it no longer counted.
        if replaced_at and replaced_at <= moment:
            states["replaced"] += 1
        elif withdrawn_at and withdrawn_at <= moment:
            states["withdrawn"] += 1
        else:
            # The forces are never asked where: nobody may guess who they are.
            place = "" if audience == Audience.FORCES else places.get(commune[:5], "")
            acts[key] = Act(channel, audience, (day - FIRST_DAY).days, place, may_quote)
    states["counted"] = len(acts)
    return acts, states


def commune_of(consultation: Consultation) -> Any:
    """The first answer to a question that asks for a commune (« 47001 Agen »), or nothing."""
    names = commune_questions(consultation)
    if not names:
        return Value("", output_field=TextField())
    return Coalesce(*(KeyTextTransform(name, "answers") for name in names), Value(""), output_field=TextField())


def commune_questions(consultation: Consultation) -> list[str]:
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id)
    contents: Iterable[Content] = versions.filter(consultation=consultation).values_list("content", flat=True)
    return sorted(
        {
            f"{step['theme']['key']}.{question['key']}"
            for content in contents
            for step in content["steps"]
            for question in step["questions"]
            if question["kind"] == Kind.COMMUNE
        }
    )


def arrondissements(prefecture: str) -> dict[str, str]:
    """The arrondissement of each commune of the department; somebody from elsewhere is in none of them."""
    rows = Commune.objects.filter(prefecture=prefecture).exclude(arrondissement=None)
    return dict(rows.values_list("code", "arrondissement"))


def said_in(consultation: Consultation, acts: dict[str, Act], *, only_unread: bool = False) -> Iterator[Said]:
    """Every statement of what counts, or those of them that no run has read."""
    rows = Statement.objects.for_prefecture(consultation.prefecture_id)
    facts = rows.filter(contribution__consultation=consultation).order_by()
    if only_unread:
        read = Reading.objects.for_prefecture(consultation.prefecture_id).filter(statement=OuterRef("pk"))
        facts = facts.filter(~Exists(read))
    fields = ("pk", Cast("contribution_id", TextField()), "position", "text", "theme_key", "kind", "withheld")
    for pk, key, position, text, theme, kind, withheld in facts.values_list(*fields).iterator(ROWS_AT_ONCE):
        act = acts.get(key)
        if act is not None:
            yield Said(
                row=pk,
                contribution=key,
                position=position,
                text=text,
                asked_theme=theme,
                asked_kind=kind,
                channel=act.channel,
                audience=act.audience,
                place=act.place,
                day=act.day,
                may_quote=act.may_quote and not withheld,
            )


def themes_of(consultation: Consultation) -> list[ThemeFacts]:
    rows = Theme.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return [
        ThemeFacts(row.key, row.title, row.description, tuple(row.keywords)) for row in rows.order_by("position", "key")
    ]


def decisions_of(consultation: Consultation) -> Decisions:
    """What people decided, by names that do not depend on when rows were stored."""
    themes, kinds, groups = {}, {}, {}
    rows = Decision.objects.of(consultation).order_by()
    facts = rows.values_list(
        Cast(F("statement__contribution_id"), TextField()),
        "statement__position",
        "start",
        "about",
        "themes",
        "kind",
        "grouping__key",
    )
    for contribution, position, start, about, chosen, kind, group in facts:
        name = Name(contribution, position, start)
        if about == Decision.About.THEME:
            themes[name] = tuple(chosen)
        elif about == Decision.About.KIND:
            kinds[name] = kind
        else:
            groups[name] = group or ""
    made = {row.key: Group(row.key, row.theme_key, row.kind, row.label) for row in Grouping.objects.of(consultation)}
    return Decisions(themes, kinds, groups, made)


def fingerprint(taken: Taken) -> str:
    """The same for the same input, in whatever order it was stored."""
    digest = hashlib.sha256()
    for one in sorted(taken.said, key=lambda said: said.name):
        facts = (
            one.contribution, one.position, one.text, one.asked_theme, one.asked_kind, one.channel,
            one.audience, one.place, one.meeting, one.day, one.may_quote,
        )  # fmt: skip
        digest.update(repr(facts).encode())
    digest.update(repr(taken.themes).encode())
    decisions = taken.decisions
    for held in (decisions.themes, decisions.kinds, decisions.groups, decisions.made):
        digest.update(repr(sorted(held.items())).encode())
    return digest.hexdigest()
