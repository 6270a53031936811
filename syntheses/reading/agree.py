"""Two people at once: what each saw is compared with what is stored, and the second is told instead of overruling."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from consultations.models import Consultation
from syntheses.models import Decision, Idea, Reading
from syntheses.reading.decide import decisions_on


@dataclass(frozen=True)
class Agreed:
    """`readings` are as they were seen, and locked; of the others somebody has decided since, or they are gone."""

    readings: list[Reading]
    others: list[Reading] = field(default_factory=list)
    gone: int = 0
    by: str = ""  # who decided last about the others


def stamp(reading: Reading) -> str:
    """What people have decided about a passage, in a few letters: another run of the machine does not change it."""
    decided = (
        (reading.theme_key, *reading.also) if reading.by_theme else None,
        reading.kind if reading.by_kind else None,
        reading.idea_key if reading.by_group else None,
    )
    return hashlib.blake2s(repr(decided).encode(), digest_size=4).hexdigest()


def agreed(consultation: Consultation, seen: Mapping[int, str]) -> Agreed:
    rows = Reading.objects.of(consultation).filter(pk__in=seen).select_related("statement")
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    same = [one for one in found if stamp(one) == seen[one.pk]]
    others = [one for one in found if stamp(one) != seen[one.pk]]
    return Agreed(same, others, len(seen) - len(found), author_of(others))


def author_of(readings: list[Reading]) -> str:
    last: Decision | None = decisions_on(readings).select_related("by").order_by("-at", "-pk").first()
    return last.by.get_full_name() if last else ""


def still_called(consultation: Consultation, key: str, label: str) -> Idea | None:
    """The idea, locked, if it still has the name under which it was seen."""
    rows = Idea.objects.of(consultation).filter(key=key, label=label)
    return rows.select_for_update(of=("self",)).first()
