"""« À faire aujourd’hui »: passages of which the machine is unsure, and readings that failed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from assises.look.templatetags.french import count
from consultations.models import Consultation
from syntheses.models import Analysis, Tally


def reading_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """For those who code, one line an exercise; what failed is for editors, who answer for what is written."""
    if not {"agent", "editor"} & request.roles:
        return []
    failed = failed_readings(request) if "editor" in request.roles else []
    return [*failed, *unsure_passages(request)]


def unsure_passages(request: HttpRequest) -> list[dict[str, Any]]:
    rows = Tally.objects.for_prefecture(request.prefecture).filter(
        about=Tally.About.READING, key="unsure", number__gt=0
    )
    facts = rows.order_by("-consultation__campaign__opens_on")
    return [
        {
            "number": count(number),
            "title": f"passage{'s' if number > 1 else ''} à relire\u00a0: {title}",
            "note": "La machine en doute. Quelques décisions lui apprennent beaucoup.",
            "url": reverse("reading_pile", args=[request.prefecture.slug, slug]),
            "action": "Relire",
        }
        for number, title, slug in facts.values_list(
            "number", "consultation__campaign__title", "consultation__campaign__slug"
        )
    ]


def failed_readings(request: HttpRequest) -> list[dict[str, Any]]:
    """Whose last run was given up."""
    rows = Analysis.objects.for_prefecture(request.prefecture).order_by("consultation", "-pk").distinct("consultation")
    last = rows.values_list("consultation", "given_up_at")
    failed = [consultation for consultation, given_up_at in last if given_up_at]
    found = Consultation.objects.for_prefecture(request.prefecture).filter(pk__in=failed).select_related("campaign")
    return [
        {
            "number": 1,
            "title": f"lecture qui n’a pas abouti\u00a0: {one.campaign.title}",
            "note": "Le portail a essayé plusieurs fois. La raison est écrite sur la page.",
            "url": reverse("reading", args=[request.prefecture.slug, one.campaign.slug]),
            "action": "Voir",
            "late": True,
        }
        for one in found.order_by("pk")
    ]
