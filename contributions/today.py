"""« À faire aujourd'hui »: what people asked with their code, and nobody has answered."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse

from assises import clock
from assises.look.templatetags.french import moment
from contributions.models import Request

PRESSING = timedelta(days=20)  # the law gives one month


def prefecture_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """For those who may decide."""
    if not {"editor", "administrator"} & request.roles:
        return []
    rows = Request.objects.for_prefecture(request.prefecture).filter(state=Request.State.OPEN)
    waiting = rows.order_by().aggregate(number=Count("pk"), oldest=Min("asked_at"))
    if not waiting["number"]:
        return []
    since = moment(waiting["oldest"], request.prefecture.time_zone)
    return [
        {
            "number": waiting["number"],
            "title": "demande sur une contribution" if waiting["number"] == 1 else "demandes sur des contributions",
            "note": f"La plus ancienne attend depuis le {since}. La réponse est due dans le mois.",
            "url": reverse("requests", args=[request.prefecture.slug]),
            "action": "Répondre",
            "late": clock.now() - waiting["oldest"] > PRESSING,
        }
    ]
