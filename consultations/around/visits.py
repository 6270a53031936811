"""What the counters say: visits by day and by link, and how far people went."""

from django.db.models import QuerySet, Sum

from assises.look.templatetags.french import short_day
from consultations.models import Consultation, Passing, QuestionnaireVersion

DAYS = 31  # the last ones


def passings_of(consultation: Consultation) -> QuerySet[Passing]:
    return Passing.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)


def visits_by_day(consultation: Consultation) -> list[tuple[str, int]]:
    """The last month of visits, day by day."""
    pages = passings_of(consultation).filter(point=Passing.Point.PAGE).values("day")
    rows = list(pages.annotate(total=Sum("number")).order_by("-day")[:DAYS])
    return [(short_day(row["day"]), row["total"]) for row in reversed(rows)]


def visits_by_link(consultation: Consultation) -> list[tuple[str, int]]:
    """Each link, and those who came without any."""
    pages = passings_of(consultation).filter(point=Passing.Point.PAGE).values("link__label")
    rows = pages.annotate(total=Sum("number")).order_by("-total", "link__label")
    return [(row["link__label"] or "Sans lien court", row["total"]) for row in rows]


def journey_of(consultation: Consultation) -> list[tuple[str, int]]:
    """The page, each step, sent: the difference between two lines is where people stopped."""
    totals = dict(passings_of(consultation).values_list("point").annotate(total=Sum("number")))
    if not totals:
        return []
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id)
    last = versions.filter(consultation=consultation).order_by("-number").first()
    steps = last.content["steps"] if last else []
    named = [
        (f"Étape {number}, {step['theme']['title']}", totals.get(number, 0))
        for number, step in enumerate(steps, 1)
        if step["questions"]
    ]
    ends = (
        ("Page de la concertation", totals.get(Passing.Point.PAGE, 0)),
        ("Contribution envoyée", totals.get(Passing.Point.SENT, 0)),
    )
    return [ends[0], *named, ends[1]]
