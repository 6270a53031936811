"""How many seats there are and how many are taken: what the public may know of who comes."""

from dataclasses import dataclass

from django.db.models import Count, Q

from assises.tenancy.context import as_prefecture
from consultations.models import Meeting, Registration

State = Registration.State
SEATED = [State.CONFIRMED, State.DRAWN]
QUEUEING = [State.WAITING, State.NOT_DRAWN]


@dataclass(frozen=True)
class Standing:
    """Counted once; numbers only."""

    capacity: int | None
    seated: int
    queueing: int
    entered: int

    @property
    def left(self) -> int | None:
        """Seats that the next person may have; whoever waits comes before."""
        if self.capacity is None:
            return None
        return 0 if self.queueing else max(self.capacity - self.seated, 0)

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def total(self) -> int:
        return self.seated + self.queueing + self.entered


def standing_of(meeting: Meeting) -> Standing:
    """Visitors may not read registrations: the prefecture counts for them."""
    with as_prefecture(meeting.prefecture_id):
        return counted(meeting)


def counted(meeting: Meeting) -> Standing:
    rows = Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting)
    numbers = rows.aggregate(
        seated=Count("pk", filter=Q(state__in=SEATED)),
        queueing=Count("pk", filter=Q(state__in=QUEUEING)),
        entered=Count("pk", filter=Q(state=State.ENTERED)),
    )
    return Standing(capacity=meeting.capacity, **numbers)
