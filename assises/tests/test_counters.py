"""The table of counters tells nothing about anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from assises import counters


@pytest.mark.django_db
def test_a_counter_is_found_again_and_its_name_is_unreadable():
    cache.set("essais de claire@aisne.invalid depuis 203.0.113.7", 3)
    assert cache.get("essais de claire@aisne.invalid depuis 203.0.113.7") == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key, ' ') FROM assises_cache")
        names = cursor.fetchone()[0]
    assert "claire" not in names
    assert "203.0.113.7" not in names


def test_a_name_changes_every_day(monkeypatch):
    today = counters.sealed_key("a", "", 1)
    assert counters.sealed_key("a", "", 1) == today

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) + timedelta(days=1)

    monkeypatch.setattr(counters, "datetime", Tomorrow)
    assert counters.sealed_key("a", "", 1) != today
