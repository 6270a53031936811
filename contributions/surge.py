"""How contributions came in, hour by hour: what was flagged, which texts came again. It shows; it removes nothing."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import TruncHour

from consultations.models import Consultation
from contributions.models import Contribution, Flag

HOURS_SHOWN = 24
HOURS_TO_COMPARE, HOURS_COMPARED = 3, 24 * 14
UNUSUAL_FROM, UNUSUAL_TIMES = 40, 5  # from so many on, so many times the usual hour
TEXTS_SHOWN = 8
SUSPECT = (str(Flag.FAST), str(Flag.HONEYPOT), str(Flag.SURGE))
SAME_TEXTS = """
SELECT min(statement.text), count(DISTINCT statement.contribution_id)
FROM contributions_statement AS statement
JOIN contributions_contribution AS contribution
  ON contribution.prefecture_id = statement.prefecture_id AND contribution.id = statement.contribution_id
WHERE statement.prefecture_id = %s AND contribution.consultation_id = %s
  AND contribution.replaced_at IS NULL AND contribution.withdrawn_at IS NULL
GROUP BY md5(btrim(regexp_replace(lower(statement.text), '[^[:alnum:]]+', ' ', 'g')))
HAVING count(DISTINCT statement.contribution_id) > 1
ORDER BY 2 DESC, 1 LIMIT %s
"""


@dataclass(frozen=True)
class Hour:
    begins_at: datetime
    number: int
    flagged: int
    usual: float = 0  # what an ordinary hour brings; 0 as long as nobody can tell

    @property
    def share(self) -> int:
        return round(100 * self.flagged / self.number) if self.number else 0

    @property
    def is_unusual(self) -> bool:
        """A flood from a thousand addresses shows here and nowhere else."""
        return bool(self.usual) and self.number >= max(UNUSUAL_FROM, UNUSUAL_TIMES * self.usual)


def hours_of(consultation: Consultation) -> list[Hour]:
    """The latest first; hours in which nothing came are left out."""
    rows = Contribution.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    hours = rows.order_by().annotate(hour=TruncHour("received_at", tzinfo=consultation.prefecture.zone)).values("hour")
    counted = hours.annotate(number=Count("pk"), flagged=Count("pk", filter=Q(flags__overlap=list(SUSPECT))))
    found = list(counted.order_by("-hour")[:HOURS_COMPARED])
    usual = median(row["number"] for row in found) if len(found) >= HOURS_TO_COMPARE else 0
    return [Hour(row["hour"], row["number"], row["flagged"], usual) for row in found[:HOURS_SHOWN]]


def flags_of(consultation: Consultation) -> list[tuple[str, int]]:
    """How many carry each flag."""
    rows = Contribution.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    numbers = rows.aggregate(**{flag: Count("pk", filter=Q(flags__contains=[flag])) for flag in Flag.values})
    return [(str(label), numbers[flag]) for flag, label in Flag.choices]


def same_texts(consultation: Consultation) -> list[tuple[str, int]]:
    """Texts that several contributions hold, but for capitals, spaces and punctuation."""
    with connection.cursor() as cursor:
        cursor.execute(SAME_TEXTS, [consultation.prefecture_id, consultation.pk, TEXTS_SHOWN])
        return [(text, number) for text, number in cursor.fetchall()]
