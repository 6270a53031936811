"""How login attempts are slowed: pauses that end by themselves, and that a stranger cannot impose on a known browser.

A stranger's attempts are counted by network address and by mailbox. A browser with which the person has logged in
before has a count of its own: whoever hammers on a mailbox from elsewhere does not keep its owner out.
"""

from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from assises.accounts import known_browser

STRANGER, KNOWN = "login_from_elsewhere", "login_from_known_browser"
RATES = {STRANGER: "20/m/ip,5/5m/key", KNOWN: "5/5m/key"}


def bucket(request: HttpRequest, email: str) -> tuple[str, str]:
    """The rate that applies and what is counted."""
    number = known_browser.number_for(request, email)
    return (KNOWN, number) if number else (STRANGER, email.strip().lower())


def use_one(request: HttpRequest, email: str) -> Any:
    """One attempt, to be rolled back if it succeeds; None when there are none left for now."""
    action, key = bucket(request, email)
    return ratelimit.consume(request, app="assises", action=action, key=key, config=RATES)


def forgive(request: HttpRequest, email: str) -> None:
    """After a new password: its owner starts afresh, everywhere."""
    ratelimit.clear(request, app="assises", action=STRANGER, key=email.strip().lower(), config={STRANGER: "5/5m/key"})
