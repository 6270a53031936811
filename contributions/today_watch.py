"""« À faire aujourd’hui »: words that call for help, and words that nobody has looked at."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from contributions.look_at import withheld_in
from contributions.models import Statement


def watching_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """For those who read contributions, one line an exercise; danger presses."""
    if not {"agent", "editor"} & request.roles:
        return []
    rows = withheld_in(request.prefecture.pk).order_by()
    per_exercise = rows.values_list(
        "contribution__consultation__campaign__slug", "contribution__consultation__campaign__title"
    )
    counted = per_exercise.annotate(
        number=Count("pk"), urgent=Count("pk", filter=Q(withheld=Statement.Withheld.URGENT))
    )
    return [
        {
            "number": urgent or number,
            "title": title_of(number, urgent, title),
            "note": "Quelqu’un est peut-être en danger. Lisez sans attendre."
            if urgent
            else "Ils ne sont pas cités tant que personne ne les a regardés.",
            "url": reverse("withheld", args=[request.prefecture.slug, slug]),
            "action": "Lire",
            "late": bool(urgent),
        }
        for slug, title, number, urgent in counted.order_by("contribution__consultation__campaign__title")
    ]


def title_of(number: int, urgent: int, campaign: str) -> str:
    many = "s" if (urgent or number) > 1 else ""
    what = f"passage{many} à lire d’urgence" if urgent else f"passage{many} à regarder"
    return f"{what}\u00a0: {campaign}"
