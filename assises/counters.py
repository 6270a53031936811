"""Counters are kept under names that tell nothing: whoever reads the table learns no network or mail address."""

from datetime import UTC, datetime

from django.utils.crypto import salted_hmac


def sealed_key(key: str, prefix: str, version: int) -> str:
    """The same for a day, by a key that only the portal has; at midnight counters begin again."""
    day = datetime.now(UTC).date().isoformat()
    return salted_hmac(f"assises.counters {day}", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
