"""The numbers that pages show, counted once a run instead of at each page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from consultations.models import Consultation
from syntheses.analysis.shape import Reading
from syntheses.models import Tally
from syntheses.models.reading import PLAIN
from syntheses.reading.keep import date_of, keep_by_key
from syntheses.reading.take import Act

About = Tally.About
Counts = Counter[tuple[Any, str, str]]


def keep_tallies(
    consultation: Consultation, acts: Mapping[str, Act], states: Mapping[str, int], readings: Iterable[Reading]
) -> None:
    counts = count_acts(acts) + count_readings(acts, readings)
    for state, number in states.items():
        counts[About.STATE, state, ""] = number
    rows = [
        Tally(
            prefecture_id=consultation.prefecture_id,
            consultation=consultation,
            about=about,
            key=key,
            other=other,
            number=number,
        )
        for (about, key, other), number in sorted(counts.items())
    ]
    keep_by_key(consultation, Tally, rows, by=("about", "key", "other"))


def count_acts(acts: Mapping[str, Act]) -> Counts:
    """Contributions that count, by what is known of each."""
    counts: Counts = Counter()
    for channel, audience, day, place in ((act.channel, act.audience, act.day, act.place) for act in acts.values()):
        counts[About.CHANNEL, channel, ""] += 1
        counts[About.AUDIENCE, audience, ""] += 1
        counts[About.DAY, date_of(day).isoformat(), ""] += 1
        if place:
            counts[About.PLACE, place, ""] += 1
    return counts


def count_readings(acts: Mapping[str, Act], readings: Iterable[Reading]) -> Counts:
    """Passages by main theme and nature; contributions by every theme that they speak of."""
    counts: Counts = Counter()
    spoken: set[tuple[str, str]] = set()
    for one in readings:
        main = one.themes[0] if one.themes else ""
        counts[About.THEME, main, one.kind] += 1
        counts[About.READING, "passages", ""] += 1
        counts[About.READING, "unsure", ""] += one.teaches > 0 and one.sure < PLAIN
        counts[About.READING, "off_topic", ""] += not one.themes
        counts[About.READING, "decided", ""] += one.by_theme or one.by_kind or one.by_group
        counts[About.READING, "echoes", ""] += bool(one.echo)
        spoken.update((one.name.contribution, theme) for theme in one.themes or ("",))
    for key, theme in spoken:
        act = acts[key]
        counts[About.THEME_CHANNEL, theme, act.channel] += 1
        counts[About.THEME_AUDIENCE, theme, act.audience] += 1
        if act.place:
            counts[About.THEME_PLACE, theme, act.place] += 1
    return counts
