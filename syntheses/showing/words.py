"""How sure, who speaks, which channel: said in words, the same on every page."""

from typing import Any

from assises.look.templatetags.french import short_day
from consultations.models import Audience
from contributions.models import Channel, Contribution
from syntheses.models.reading import PLAIN

MEDIUM = 60
THEME_WORDS = {"high": "Thème net", "medium": "Thème probable", "low": "Thème incertain"}
KIND_WORDS = {"high": "Nature nette", "medium": "Nature probable", "low": "Nature incertaine"}
OFF = "Hors sujet ou sans thème"


def level(sure: int) -> str:
    """Three steps are all that a reader can use; the percentage stands on the page of the whole text."""
    return "high" if sure >= PLAIN else "medium" if sure >= MEDIUM else "low"


def channel_label(value: str) -> str:
    return str(Channel(value).label) if value in Channel.values else value


def audience_label(value: str) -> str:
    return str(Audience(value).label) if value in Audience.values else value


def source_of(contribution: Contribution, zone: Any) -> str:
    """Of a member of the forces no more than that: a channel and a day can be enough to know who it is."""
    who = audience_label(contribution.audience)
    if contribution.audience == Audience.FORCES:
        return who.capitalize()
    received = contribution.received_at.astimezone(zone)
    return f"{channel_label(contribution.channel).capitalize()}, {who}, {short_day(received)} {received.year}"
