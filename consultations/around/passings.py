"""How many passed, and where they stopped: counters of a day. No cookie, no address, nobody's trace."""

from datetime import datetime

from django.db import connection
from django.http import HttpRequest

from assises.jobs.registry import Routine, register_routine
from assises.postgres.base import ACT
from consultations.models import Consultation, ShortLink

FUNCTION = "passings_to_add_up"
ROBOTS = (
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "monitor",
    "curl",
    "wget",
    "python",
    "scan",
    "headless",
    "http-",
)
PREFETCHING = ("Purpose", "Sec-Purpose", "X-Moz")

ONE_MORE = "SELECT count_passing(%s, %s, %s, %s, %s)"
ADD_UP = """
WITH several AS (
    SELECT link_id, consultation_id, day, point FROM consultations_passing
    WHERE prefecture_id = %(prefecture)s GROUP BY 1, 2, 3, 4 HAVING count(*) > 1
), taken AS (
    DELETE FROM consultations_passing p USING several s
    WHERE p.prefecture_id = %(prefecture)s AND p.consultation_id = s.consultation_id AND p.day = s.day
      AND p.point = s.point AND p.link_id IS NOT DISTINCT FROM s.link_id
    RETURNING p.consultation_id, p.link_id, p.day, p.point, p.number
)
INSERT INTO consultations_passing (prefecture_id, consultation_id, link_id, day, point, number)
SELECT %(prefecture)s, consultation_id, link_id, day, point, sum(number) FROM taken GROUP BY 2, 3, 4, 5
"""


def is_person(request: HttpRequest) -> bool:
    """As far as one can tell: not a look ahead of the browser's, not a robot that says it is one."""
    if request.method != "GET" or any("prefetch" in request.headers.get(name, "") for name in PREFETCHING):
        return False
    agent = request.headers.get("User-Agent", "").lower()
    return not any(word in agent for word in ROBOTS)


def count(consultation: Consultation, point: int, link: ShortLink | int | None = None) -> None:
    """One more at this point of the journey today, there; visitors add rows and read none."""
    facts = [consultation.prefecture_id, consultation.pk, getattr(link, "pk", link), consultation.prefecture.today()]
    connection.put_off(ACT, ONE_MORE, [*facts, int(point)])  # nobody waits for its answer


def add_up(prefecture: str) -> None:
    """Rows of one become one row a day, link and point; what comes in meanwhile waits for the next time."""
    with connection.cursor() as cursor:
        cursor.execute(ADD_UP, {"prefecture": prefecture})


def owing() -> list[tuple[str, datetime, int]]:
    """Prefectures whose counters can be added up; never late, since nobody waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {FUNCTION}()")  # noqa: S608 (ours)
        return cursor.fetchall()


ADDING = register_routine(
    Routine(name="consultations.passings", owing=owing, perform=add_up, label="Addition des compteurs de passage")
)
