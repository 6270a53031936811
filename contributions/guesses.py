"""Wrong codes are slowed: after so many from one network address, it waits for a minute; nothing is barred for good.

Counted in the cache, which is a table: the same when the broker is down. Its keys are sealed by the day
(`assises.counters`). When the table does not answer, codes go on opening: they are hopeless to guess in any case.
"""

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.http import HttpRequest

MOST = 30  # without a minute of rest; a whole town hall behind one address may mistype
MINUTE = 60


def must_wait(request: HttpRequest) -> bool:
    """Whether this address has had its share of wrong codes. What it tries meanwhile does not prolong its pause."""
    try:
        with transaction.atomic():
            return cache.get(_key(request), 0) >= MOST
    except DatabaseError:
        return False


def note_wrong(request: HttpRequest) -> None:
    try:
        with transaction.atomic():
            key = _key(request)
            cache.set(key, cache.get(key, 0) + 1, MINUTE)
    except DatabaseError:
        return


def _key(request: HttpRequest) -> str:
    return f"wrong-codes:{get_ip(request)}"
