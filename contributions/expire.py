"""What is erased on its own date: drafts a week after the closing, names of bodies, counters of addresses."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from assises import clock
from assises.jobs.registry import Routine, register_routine
from contributions.models import Contact, Draft, Enclosure, Sending

FUNCTION = "contributions_to_purge"  # its two delays are those below
DRAFTS_OUTLIVE = timedelta(days=7)
SENDINGS_OUTLIVE = timedelta(days=2)
logger = logging.getLogger(__name__)


def expire(prefecture: str) -> None:
    """Erase what is due, and say in the log how much it was."""
    now = clock.now()
    closed = {"consultation__closes_at__lte": now - DRAFTS_OUTLIVE}
    erased = {
        "brouillons": gone(Draft.objects.for_prefecture(prefecture).filter(**closed)),
        "pièces jointes": gone(Enclosure.objects.for_prefecture(prefecture).filter(contact=None, **closed)),
        "organismes": gone(Contact.objects.for_prefecture(prefecture).filter(purge_on__lte=now.date())),
        "compteurs": gone(Sending.objects.for_prefecture(prefecture).filter(hour__lte=now - SENDINGS_OUTLIVE)),
    }
    said = ", ".join(f"{number} {what}" for what, number in erased.items() if number)
    logger.info("Effacé à son échéance, préfecture %s : %s", prefecture, said or "rien")


def gone(rows: QuerySet[Any]) -> int:
    """How many were erased, themselves."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def owing() -> list[tuple[str, datetime, int]]:
    """Prefectures with something to erase."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {FUNCTION}()")  # noqa: S608 (ours)
        return cursor.fetchall()


EXPIRE = register_routine(
    Routine(name="contributions.expire", owing=owing, perform=expire, label="Effacement à l’échéance")
)
