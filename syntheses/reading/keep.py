"""From what the analysis gives to rows, by difference: a run that finds nothing new writes nothing.

Readings arrive in a temporary table by COPY, which knows no row-level security; the statements that move them into
their own table are bound by it as any other.
"""

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from consultations.models import Consultation
from syntheses.analysis.shape import Counts
from syntheses.analysis.shape import Echo as FoundEcho
from syntheses.analysis.shape import Idea as FoundIdea
from syntheses.analysis.shape import Reading as Found
from syntheses.models import Echo, Idea
from syntheses.models.reading import NAME_OF_AN_IDEA
from syntheses.reading.take import FIRST_DAY, Act

COLUMNS = {
    "statement_id": "bigint", "start": "integer", '"end"': "integer", "theme_key": "varchar(40)",
    "also": "varchar(40)[]", "sure": "smallint", "kind": "varchar(10)", "kind_sure": "smallint",
    "echo_key": "varchar(40)", "idea_key": "varchar(40)", "teaches": "integer",
    "by_theme": "boolean", "by_kind": "boolean", "by_group": "boolean",
}  # fmt: skip
FACTS = [name for name in COLUMNS if name not in {"statement_id", "start"}]
SAME = "kept.prefecture_id = %(prefecture)s AND kept.statement_id = arrived.statement_id AND kept.start = arrived.start"
# The names in these statements are ours.
ARRIVALS = f"CREATE TEMPORARY TABLE arrived ({', '.join(map(' '.join, COLUMNS.items()))}) ON COMMIT DROP"
GONE = f"""
DELETE FROM syntheses_reading AS kept
WHERE prefecture_id = %(prefecture)s AND consultation_id = %(consultation)s
  AND NOT EXISTS (SELECT FROM arrived WHERE {SAME})
"""  # noqa: S608
CHANGED = f"""
UPDATE syntheses_reading AS kept SET ({", ".join(FACTS)}) = ROW ({", ".join(f"arrived.{name}" for name in FACTS)})
FROM arrived
WHERE {SAME} AND kept.consultation_id = %(consultation)s
  AND ({", ".join(f"kept.{name}" for name in FACTS)})
    IS DISTINCT FROM ({", ".join(f"arrived.{name}" for name in FACTS)})
"""  # noqa: S608
ADDED = f"""
INSERT INTO syntheses_reading (prefecture_id, consultation_id, {", ".join(COLUMNS)})
SELECT %(prefecture)s, %(consultation)s, {", ".join(COLUMNS)} FROM arrived
WHERE NOT EXISTS (SELECT FROM syntheses_reading AS kept WHERE {SAME})
ORDER BY statement_id, start
"""  # noqa: S608
# What somebody decided while the run went on holds, whatever the run had read.
DECIDED = """
UPDATE syntheses_reading AS kept SET
  theme_key = CASE about WHEN 'theme' THEN coalesce(themes[1], '') ELSE theme_key END,
  also = CASE about WHEN 'theme' THEN themes[2:] ELSE also END,
  by_theme = by_theme OR about = 'theme',
  kind = CASE about WHEN 'kind' THEN decided.kind ELSE kept.kind END,
  by_kind = by_kind OR about = 'kind',
  teaches = CASE about WHEN 'theme' THEN 0 ELSE teaches END
FROM syntheses_decision AS decided
WHERE kept.prefecture_id = %(prefecture)s AND kept.consultation_id = %(consultation)s
  AND decided.prefecture_id = kept.prefecture_id AND decided.statement_id = kept.statement_id
  AND decided.start >= kept.start AND decided.start < kept."end"
  AND (about = 'theme' AND NOT by_theme OR about = 'kind' AND NOT by_kind)
"""


def keep_readings(consultation: Consultation, found: Iterable[Found], *, only_new: bool = False) -> None:
    """What was read takes the place of what had been; with `only_new` the rest stays as it is."""
    names = {"prefecture": consultation.prefecture_id, "consultation": consultation.pk}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS arrived")
        cursor.execute(ARRIVALS)
        cursor.cursor.copy_expert("COPY arrived FROM STDIN", io.StringIO("".join(map(line_of, found))))
        cursor.execute("ANALYZE arrived")
        if not only_new:
            cursor.execute(GONE, names)
            cursor.execute(CHANGED, names)
        cursor.execute(ADDED, names)
        cursor.execute(DECIDED, names)
        cursor.execute("DROP TABLE arrived")


def line_of(one: Found) -> str:
    """A line of COPY. Keys are slugs and numbers: nothing in them has to be escaped."""
    theme = one.themes[0] if one.themes else ""
    also = ",".join(one.themes[1:])
    return (
        f"{one.row}\t{one.name.start}\t{one.end}\t{theme}\t{{{also}}}\t{one.sure}\t{one.kind}\t{one.kind_sure}\t{one.echo}\t"
        f"{one.idea}\t{one.teaches}\t{one.by_theme:d}\t{one.by_kind:d}\t{one.by_group:d}\n"
    )


def keep_echoes(consultation: Consultation, found: Sequence[FoundEcho], acts: Mapping[str, Act]) -> None:
    keep_by_key(consultation, Echo, [echo_row(consultation, one, acts) for one in found])


def echo_row(consultation: Consultation, one: FoundEcho, acts: Mapping[str, Act]) -> Echo:
    contributions = {name.contribution for name in one.names}
    of = {about: Counter(getattr(acts[key], about) for key in contributions) for about in ("channel", "audience")}
    return Echo(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        key=one.key,
        is_exact=one.is_exact,
        contributions=len(contributions),
        passages=len(one.names),
        first_on=date_of(one.first_day),
        last_on=date_of(one.last_day),
        of={about: dict(sorted(counts.items())) for about, counts in of.items()},
    )


def keep_ideas(consultation: Consultation, found: Sequence[FoundIdea], rows: dict[tuple[str, int], int]) -> None:
    """`rows` finds a statement by its contribution and position."""
    positions: dict[tuple[str, str], int] = {}
    kept = []
    for one in found:
        pile = one.theme, one.kind
        positions[pile] = positions.get(pile, 0) + 1
        kept.append(idea_row(consultation, one, positions[pile], [rows[name[:2]] for name in one.quotes]))
    keep_by_key(consultation, Idea, kept)


def idea_row(consultation: Consultation, one: FoundIdea, position: int, quotes: list[int]) -> Idea:
    return Idea(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        key=one.key,
        theme_key=one.theme,
        kind=one.kind,
        position=position,
        label=one.label[:NAME_OF_AN_IDEA],
        quotes=quotes,
        sure=one.sure,
        by_person=one.by_person,
        **facts_of(one.counts),
    )


def facts_of(counts: Counts) -> dict[str, Any]:
    """What an idea's row says of how many; a place that is not known is no place."""
    return {
        "contributions": counts.contributions,
        "passages": counts.passages,
        "without_echoes": counts.without_echoes,
        "meetings": counts.meetings,
        "of": {about: {key: held[key] for key in sorted(held) if key} for about, held in sorted(counts.of.items())},
    }


def keep_by_key(
    consultation: Consultation, model: type[Any], found: Sequence[Any], by: Sequence[str] = ("key",)
) -> None:
    """Rows that are no longer found go, those that changed are written, new ones are added."""
    facts = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in {"prefecture_id", "consultation_id", *by}
    ]
    before = {tuple(getattr(row, name) for name in by): row for row in model.objects.of(consultation)}
    added, changed = [], []
    for row in found:
        old = before.pop(tuple(getattr(row, name) for name in by), None)
        if old is None:
            added.append(row)
        elif any(getattr(old, fact) != getattr(row, fact) for fact in facts):
            row.pk = old.pk
            changed.append(row)
    model.objects.of(consultation).filter(pk__in=[row.pk for row in before.values()]).delete()
    model.objects.bulk_update(changed, facts, batch_size=500)
    model.objects.bulk_create(added, batch_size=1_000)


def date_of(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)


def print_of(readings: Iterable[Found], ideas: Iterable[FoundIdea]) -> str:
    """The same for the same result: rows of the database, which differ from run to run, are left out of it."""
    digest = hashlib.sha256()
    for one in readings:
        facts = (
            one.name, one.end, one.themes, one.sure, one.kind, one.kind_sure, one.echo, one.idea, one.teaches,
            one.by_theme, one.by_kind, one.by_group,
        )  # fmt: skip
        digest.update(repr(facts).encode())
    for idea in ideas:
        digest.update(repr((idea.key, idea.theme, idea.kind, idea.label, idea.names, idea.quotes, idea.sure)).encode())
    return digest.hexdigest()
