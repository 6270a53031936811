"""Reading what is new against what is known: no run of the whole for a burst of new texts.

Readings of what was corrected or withdrawn since go; ideas keep their words, and are counted again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, TextField
from django.db.models.functions import Cast

from assises.jobs.progress import Reporter
from consultations.models import Consultation
from syntheses.analysis.counts import counted
from syntheses.analysis.run import read_more
from syntheses.analysis.shape import Echo as FoundEcho
from syntheses.analysis.shape import Name, Said
from syntheses.analysis.shape import Reading as Found
from syntheses.models import Analysis, Echo, Idea, Reading
from syntheses.reading import keep, take
from syntheses.reading.owe import last_whole
from syntheses.reading.take import Act
from syntheses.reading.tallies import keep_tallies

ROWS_AT_ONCE = 5_000


def read_new(consultation: Consultation, row: Analysis, reporter: Reporter) -> tuple[dict[str, Any], None]:
    last = last_whole(consultation)
    if last is None:
        raise NothingKnownError(consultation)
    acts, states = take.acts_of(consultation, row.read_until)
    new = list(take.said_in(consultation, acts, only_unread=True))
    reporter.report(30, 100, "Les nouveaux textes sont lus")
    found = read_more(new, take.themes_of(consultation), take.decisions_of(consultation), last.memory or {})
    keep.keep_readings(consultation, found, only_new=True)
    known = forget(consultation, acts)
    reporter.report(80, 100, "Les nombres sont comptés")
    count_ideas(consultation, known, acts)
    count_echoes(consultation, known, acts)
    keep_tallies(consultation, acts, states, known)
    return {
        **last.manifest,
        "since": last.pk,
        "new": len(new),
        "contributions": len(acts),
        "passages": len(known),
    }, None


class NothingKnownError(Exception):
    """Nothing was read as a whole yet: there is nothing to read new texts against."""


def forget(consultation: Consultation, acts: Mapping[str, Act]) -> list[Found]:
    """Every reading that counts; those of what no longer does are removed."""
    known, gone = [], []
    for pk, one in stored(consultation):
        if one.name.contribution in acts:
            known.append(one)
        else:
            gone.append(pk)
    Reading.objects.of(consultation).filter(pk__in=gone).delete()
    return known


def stored(consultation: Consultation) -> Iterable[tuple[int, Found]]:
    rows = Reading.objects.of(consultation).order_by()
    facts = rows.values_list(
        "pk", "statement_id", Cast(F("statement__contribution_id"), TextField()), "statement__position", "start", "end",
        "theme_key", "also", "sure", "kind", "kind_sure", "echo_key", "idea_key", "teaches",
        "by_theme", "by_kind", "by_group",
    )  # fmt: skip
    for pk, statement, contribution, position, start, end, theme, also, *rest in facts.iterator(ROWS_AT_ONCE):
        themes = (theme, *also) if theme else ()
        yield pk, Found(statement, Name(contribution, position, start), end, themes, *rest)


def count_ideas(consultation: Consultation, known: Sequence[Found], acts: Mapping[str, Act]) -> None:
    piles = piled(known, "idea")
    ideas = list(Idea.objects.of(consultation))
    for idea in ideas:
        counts = counted(said_by(one, acts) for one in piles[idea.key])
        for fact, value in keep.facts_of(counts).items():
            setattr(idea, fact, value)
    ideas.sort(key=lambda idea: (idea.theme_key, idea.kind, -idea.contributions, -idea.passages, idea.key))
    positions: Counter[tuple[str, str]] = Counter()
    for idea in ideas:
        positions[idea.theme_key, idea.kind] += 1
        idea.position = positions[idea.theme_key, idea.kind]
    keep.keep_by_key(consultation, Idea, ideas)


def count_echoes(consultation: Consultation, known: Sequence[Found], acts: Mapping[str, Act]) -> None:
    piles = piled(known, "echo")
    kept = []
    for echo in Echo.objects.of(consultation):
        names = tuple(one.name for one in piles[echo.key])
        days = [acts[name.contribution].day for name in names]
        if days:
            found = FoundEcho(echo.key, names, echo.is_exact, min(days), max(days))
            kept.append(keep.echo_row(consultation, found, acts))
    keep.keep_by_key(consultation, Echo, kept)


def piled(known: Sequence[Found], by: str) -> dict[str, list[Found]]:
    piles: dict[str, list[Found]] = defaultdict(list)
    for one in known:
        if key := getattr(one, by):
            piles[key].append(one)
    return piles


def said_by(one: Found, acts: Mapping[str, Act]) -> tuple[Said, str]:
    """As it is counted: the words do not matter."""
    act = acts[one.name.contribution]
    name = one.name
    said = Said(
        one.row, name.contribution, name.position, "", channel=act.channel, audience=act.audience, place=act.place
    )
    return said, one.echo
