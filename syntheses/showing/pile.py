"""The pile of what the machine is unsure of: one passage at a time, what teaches most first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from consultations.models import Consultation
from syntheses.models import Decision, Reading
from syntheses.reading.owe import last_whole
from syntheses.showing.passages import readings_of

KEYS = 9  # number keys
LONGEST = 30
Skipped = tuple[int, int]


@dataclass(frozen=True)
class ThemeChoice:
    key: str
    title: str
    number: int  # the key that chooses it; nothing beyond nine
    is_main: bool
    is_also: bool


@dataclass(frozen=True)
class Learned:
    """What people have decided, and how much of it the last whole reading knew."""

    decided: int
    known: int

    @property
    def new(self) -> int:
        return self.decided - self.known


def next_in(consultation: Consultation, skipped: Skipped | None) -> Reading | None:
    """After the last one that was passed over, in the order of what a decision teaches."""
    rows = readings_of(consultation).unsure()
    if skipped:
        teaches, pk = skipped
        rows = rows.filter(Q(teaches__lt=teaches) | Q(teaches=teaches, pk__gt=pk))
    return rows.first()


def read_skipped(text: str) -> Skipped | None:
    teaches, _, pk = text.partition("-")
    return (int(teaches), int(pk)) if teaches.isdecimal() and pk.isdecimal() and len(text) < LONGEST else None


def themes_for(reading: Reading, titles: dict[str, str]) -> list[ThemeChoice]:
    """What the machine proposes first, then the others in their order."""
    proposed = [key for key in (reading.theme_key, *reading.also) if key in titles]
    ordered = [*proposed, *(key for key in titles if key not in proposed)]
    return [
        ThemeChoice(
            key=key,
            title=titles[key],
            number=number if number <= KEYS else 0,
            is_main=key == reading.theme_key,
            is_also=key in reading.also,
        )
        for number, key in enumerate(ordered, 1)
    ]


def learned(consultation: Consultation) -> Learned:
    rows = Decision.objects.of(consultation).order_by()
    last = last_whole(consultation)
    return Learned(rows.count(), rows.filter(at__lte=last.read_until).count() if last else 0)


def last_of(consultation: Consultation, actor_id: int) -> list[Decision]:
    """What this person decided last: one act may be about a theme and a nature."""
    rows = Decision.objects.of(consultation).filter(by=actor_id).order_by("-at", "-pk")
    newest: datetime | None = rows.values_list("at", flat=True).first()
    return list(rows.filter(at=newest)) if newest else []
