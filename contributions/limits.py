"""Abuse without third parties: what is flagged, what is slowed. Nothing is dropped, and Redis has no part in it.

An address is counted by the hour, in PostgreSQL, under a name that only today's salt can make
(`assises.counters`), in the very statement that takes the draft: three hundred people behind one address go
unharmed; beyond that they are flagged, and beyond `SENDINGS_AN_HOUR` asked to come back at the next hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest

from assises.counters import sealed_key
from contributions.models import Draft, Flag

FLAGGED_ABOVE = 300
FASTEST = timedelta(seconds=15)  # from the first page to the last button; a draft of theirs people read again
HONEYPOT = "complement"  # a field that nobody sees; hidden by a class, not by a script


@dataclass
class SlowedError(Exception):
    """Too many from there this hour; the draft stays, and can be sent from `until` on."""

    until: datetime


@dataclass(frozen=True)
class Sender:
    """Where a form comes from: a name for the address that nobody can read back, and whether the trap was filled."""

    name: str = ""
    is_trapped: bool = False


NOBODY = Sender()


def sender_of(request: HttpRequest) -> Sender:
    address = str(get_adapter().get_client_ip(request))
    return Sender(sealed_key(address, "contributions.sending", 1), bool(request.POST.get(HONEYPOT)))


def refuse_a_flood(sendings: int, moment: datetime) -> None:
    """Counted with this one."""
    if sendings > settings.SENDINGS_AN_HOUR:
        raise SlowedError(moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))


def flags_of(draft: Draft, sender: Sender, *, sendings: int, moment: datetime) -> list[str]:
    """What staff should know of how it was sent."""
    flags = {
        Flag.FAST: not draft.replaces_id and moment - draft.begun_at < FASTEST,
        Flag.HONEYPOT: sender.is_trapped,
        Flag.SURGE: sendings > FLAGGED_ABOVE,
    }
    return [str(flag) for flag, holds in flags.items() if holds]
