"""Who came: ticked on a phone at the door, then counted by audience. « Présents » are never added to contributions."""

from collections import Counter
from collections.abc import Mapping

from assises import clock
from consultations.meetings.words import OTHER
from consultations.models import Audience, Meeting, Registration

AUDIENCES = (*Audience.values, OTHER)


def tick(meeting: Meeting, number: int, *, is_here: bool) -> bool:
    """One person at a time, so that two phones at two doors never undo each other; false when nobody has the number."""
    rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting).living()
    return rows.filter(ticket=number).update(is_here=is_here) == 1


def list_is_ready(meeting: Meeting) -> None:
    rows = Meeting.objects.for_prefecture(meeting.prefecture_id)
    rows.filter(pk=meeting.pk, list_printed_at=None).update(list_printed_at=clock.now())


def ticked(meeting: Meeting) -> dict[str, int]:
    """What the ticks say, as a first answer to how many were there."""
    rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting, is_here=True)
    counted = Counter(audience or OTHER for audience in rows.values_list("audience", flat=True))
    return {key: counted[key] for key in AUDIENCES if counted[key]}


def say_present(meeting: Meeting, numbers: Mapping[str, int | None]) -> None:
    """Kept on the meeting, by audience; nought is an answer, nothing is not."""
    meeting.present = {key: number for key in AUDIENCES if (number := numbers.get(key))}
    meeting.save(update_fields=["present"])
