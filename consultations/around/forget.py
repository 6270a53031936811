"""Addresses of followers are not kept for ever: a week to confirm, a year after the closing."""

import logging
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from assises.jobs.registry import Routine, register_routine
from consultations.models import Follower

FUNCTION = "followers_to_forget"
TO_CONFIRM = timedelta(days=7)
AFTER_THE_CLOSING = timedelta(days=365)
logger = logging.getLogger(__name__)


def forget_followers(prefecture: str) -> None:
    """Those who never confirmed, and those whose consultation has long been over; the log says how many."""
    never = Q(confirmed_at=None, asked_at__lt=Now() - TO_CONFIRM)
    over = Q(consultation__closes_at__lt=Now() - AFTER_THE_CLOSING)
    forgotten, _ = Follower.objects.for_prefecture(prefecture).filter(never | over).delete()
    logger.info("%s addresses of followers forgotten in %s", forgotten, prefecture)


def owing() -> list[tuple[str, datetime, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prefecture, oldest, rows FROM {FUNCTION}()")  # noqa: S608 (ours)
        return cursor.fetchall()


FORGETTING = register_routine(
    Routine(name="consultations.forget", owing=owing, perform=forget_followers, label="Oubli des adresses d’abonnés")
)
