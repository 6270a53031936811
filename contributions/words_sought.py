"""Search in French over what was said: which words a statement can be found by, and how matches are shown.

Every minute a routine reads statements that have no roots yet. A statement is given its number before it is committed:
what was on its way is found among the numbers just before the last one, or with whatever comes next to this prefecture.
"""

from datetime import datetime

from django.db import connection

from assises.jobs.registry import Routine, register_routine

LONGEST = 200  # letters of a search
AT_ONCE = 20_000
CONFIGURATION = "assises_french"
OWING = "unsought_statements"
# Stands among the roots of each statement: the index then finds those of one consultation without looking at others'.
MARK = "consultation:"
# Around what was found. Nobody types them: they are of the range that Unicode leaves free.
BEGINS, ENDS = "\ue000", "\ue001"


def plain(text: str) -> str:
    """In SQL. Without its accent « fermées » has another root than « fermé »: the ending goes before the accents do."""
    return f"regexp_replace({text}, '[éeÉE][eE][sS]?\\M', 'e', 'g')"


FILL = f"""
INSERT INTO contributions_sought (prefecture_id, consultation_id, statement_id, roots)
SELECT said.prefecture_id, act.consultation_id, said.id,
  to_tsvector('{CONFIGURATION}', {plain("said.text")}) || array_to_tsvector(ARRAY['{MARK}' || act.consultation_id])
FROM contributions_statement AS said
JOIN contributions_contribution AS act ON act.prefecture_id = said.prefecture_id AND act.id = said.contribution_id
WHERE said.prefecture_id = %(prefecture)s
  AND NOT EXISTS (
    SELECT FROM contributions_sought WHERE prefecture_id = %(prefecture)s AND statement_id = said.id
  )
ORDER BY said.id LIMIT {AT_ONCE}
ON CONFLICT DO NOTHING
"""  # noqa: S608 (names are ours)


def fill(prefecture: str) -> int:
    """Roots for every statement of this prefecture that has none, and how many that were."""
    number = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(FILL, {"prefecture": prefecture})
            number += cursor.rowcount
            if cursor.rowcount < AT_ONCE:
                return number


def owing() -> list[tuple[str, datetime, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {OWING}()")  # noqa: S608 (the name is ours)
        return cursor.fetchall()


def perform(prefecture: str) -> None:
    fill(prefecture)


SEEK = register_routine(
    Routine(name="contributions.seek", owing=owing, perform=perform, label="Recherche dans les textes")
)
