"""A meeting in words: when, where, for whom. Pure."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from assises.look.templatetags.french import FIXED, clock, count, day, moment, pluralize, zone_name
from consultations.models import Audience, Meeting

SMALLEST_CELL = 5  # a number below it could point at somebody
OTHER = "other"


def when_of(meeting: Meeting, zone: ZoneInfo | str) -> str:
    """« lundi 4 mai 2027, de 18 h à 20 h (heure de Paris) », or the words that stand for a day."""
    if meeting.starts_at is None:
        return meeting.when_said
    there = ZoneInfo(str(zone))
    starts, ends = meeting.starts_at.astimezone(there), meeting.ends_at.astimezone(there)
    if starts.date() != ends.date():
        return f"du {moment(starts, there)} au {moment(ends, there)}"
    return f"{day(starts)}, de {clock(starts, there)} à {clock(ends, there)} ({zone_name(there)})"


def where_of(meeting: Meeting) -> str:
    """« Salle des fêtes, 2 rue du Port, Vervins », the commune once."""
    parts = [meeting.place, meeting.address]
    if meeting.commune and meeting.commune.name.casefold() not in " ".join(parts).casefold():
        parts.append(meeting.commune.name)
    if meeting.arrondissement and not meeting.commune:
        parts.append(f"arrondissement de {meeting.arrondissement.name}")
    return ", ".join(part for part in parts if part)


def access_of(meeting: Meeting) -> list[str]:
    """What is there for those who need it."""
    facts = (
        (meeting.has_wheelchair_access, "Accessible en fauteuil roulant"),
        (meeting.has_hearing_loop, "Boucle magnétique pour les appareils auditifs"),
        (meeting.has_sign_language, "Interprète en langue des signes française"),
    )
    return [said for is_there, said in facts if is_there]


def seats_in_words(number: int) -> str:
    return f"{number}{FIXED}place{'s' if number > 1 else ''}"


def present_in_words(number: int | None) -> str:
    """« 49 présents », « 0 présent », nothing while nobody has counted."""
    return "" if number is None else f"{count(number)}{FIXED}présent{pluralize(number)}"


def present_by(present: Mapping[str, int]) -> list[tuple[str, int]]:
    """Audience by audience for the public: cells too small to be shown stand together, under a name for all."""
    labels = dict(Audience.choices)
    shown = {key: number for key, number in present.items() if key in labels and number >= SMALLEST_CELL}
    rest = sum(present.values()) - sum(shown.values())
    found = [(plural(labels[key]), shown[key]) for key in labels if key in shown]
    return [*found, ("autres, ou non précisé", rest)] if rest else found


def plural(label: str) -> str:
    """« élus », « membres des forces de sécurité », « acteurs socio-économiques »."""
    if label.startswith("membre "):
        return label.replace("membre", "membres", 1)
    return " ".join(f"{word}s" for word in label.split())


def titles_of(keys: Iterable[str], titles: Mapping[str, str]) -> list[str]:
    return [titles[key] for key in keys if key in titles]
