"""French as it is printed: numbers, dates with their zone, and the spaces that typography asks for."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template

register = template.Library()

NARROW = "\u202f"
FIXED = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MEGA = 1_000_000
PLURAL_FROM = 2
PARIS = "Europe/Paris"
ZONES = {
    PARIS: "heure de Paris",
    "America/Cayenne": "heure de Guyane",
    "America/Guadeloupe": "heure de Guadeloupe",
    "America/Marigot": "heure de Saint-Martin",
    "America/Martinique": "heure de Martinique",
    "America/Miquelon": "heure de Saint-Pierre-et-Miquelon",
    "America/St_Barthelemy": "heure de Saint-Barthélemy",
    "Indian/Kerguelen": "heure des Kerguelen",
    "Indian/Mayotte": "heure de Mayotte",
    "Indian/Reunion": "heure de La Réunion",
    "Pacific/Gambier": "heure des Gambier",
    "Pacific/Marquesas": "heure des Marquises",
    "Pacific/Noumea": "heure de Nouvelle-Calédonie",
    "Pacific/Tahiti": "heure de Tahiti",
    "Pacific/Wallis": "heure de Wallis-et-Futuna",
    "UTC": "temps universel",
}


@register.filter
def count(value: int | float | None) -> str:
    """« 84 217 », « 12,5 », and a dash where nothing was counted."""
    if value is None or value == "":
        return "–"
    return f"{value:,}".replace(",", NARROW).replace(".", ",").replace("-", "−")


@register.filter
def pluralize(value: Any, forms: str = "s") -> str:
    """Django's own, but nought is singular in French: « 0 synthèse », « 1 synthèse », « 2 synthèses »."""
    number = len(value) if hasattr(value, "__len__") and not isinstance(value, str) else float(value or 0)
    one, _, many = forms.rpartition(",")
    return many if abs(number) >= PLURAL_FROM else one


@register.filter
def file_size(octets: int) -> str:
    """« 93 ko », « 1,4 Mo »: what a person weighs before downloading on a phone."""
    if octets < MEGA:
        return f"{max(round(octets / 1000), 1)}{FIXED}ko"
    return f"{count(round(octets / MEGA, 1))}{FIXED}Mo"


@register.filter
def zone_name(zone: str | ZoneInfo) -> str:
    """« heure de La Réunion »; a zone that France does not use is named by its city."""
    key = str(zone or PARIS)
    return ZONES.get(key) or f"heure de {key.rpartition('/')[2].replace('_', ' ')}"


@register.filter
def day(value: date | None) -> str:
    """« vendredi 5 février 2027 »."""
    if not value:
        return ""
    return f"{DAYS[value.weekday()]} {short_day(value)} {value.year}"


@register.filter
def short_day(value: date | None) -> str:
    """« 5 février », « 1er mars »: for a date whose year is plain from its surroundings."""
    if not value:
        return ""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}{FIXED}{MONTHS[value.month - 1]}"


@register.filter
def clock(value: datetime | None, zone: str | ZoneInfo = PARIS) -> str:
    """« 18 h », « 9 h 05 »."""
    if not value:
        return ""
    local = _local(value, zone)
    return f"{local.hour}{FIXED}h" + (f"{FIXED}{local.minute:02}" if local.minute else "")


@register.filter
def moment(value: datetime | None, zone: str | ZoneInfo = PARIS) -> str:
    """« vendredi 5 février 2027 à 18 h (heure de Paris) »."""
    if not value:
        return ""
    return f"{day(_local(value, zone))} à{FIXED}{clock(value, zone)} ({zone_name(zone)})"


@register.filter
def local_day(value: datetime | None, zone: str | ZoneInfo = PARIS) -> str:
    """The date that the wall calendar shows in that zone at this moment."""
    return day(_local(value, zone)) if value else ""


def _local(value: datetime, zone: str | ZoneInfo) -> datetime:
    if value.tzinfo is None:
        raise ValueError("A moment needs a time zone: a naive date would name the wrong hour somewhere.")
    return value.astimezone(ZoneInfo(str(zone or PARIS)))


@register.filter
def typo(text: str) -> str:
    """Straight quotes and plain spaces become what a French printer would set. Meant for plain text, not for HTML."""
    text = str(text or "").replace("'", "’")
    text = re.sub(r'"([^"]*)"', rf"«{FIXED}\1{FIXED}»", text)
    text = re.sub(r"«\s*", f"«{FIXED}", text)
    text = re.sub(r"\s*»", f"{FIXED}»", text)
    text = re.sub(r"(?<=[^\s«])[ \u00a0\u202f]*(?=[;!?%€])(?<![;!?])", NARROW, text)
    text = re.sub(r"(?<=\S)[ \u00a0\u202f]+:(?=\s|$)", f"{FIXED}:", text)
    text = re.sub(r"(?<=[^\W\d]):(?=\s|$)", f"{FIXED}:", text)
    text = re.sub(r"(?<=\d) h\b(?: (?=\d\d\b))?", lambda found: found[0].replace(" ", FIXED), text)
    return re.sub(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)", lambda found: found[0].replace(" ", NARROW), text)
