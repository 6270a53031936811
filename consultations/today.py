"""What waits for the team: a draft to complete, a campaign to launch."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from assises import clock
from assises.look.templatetags.french import moment
from consultations.models import Campaign, Consultation


def prefecture_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """Drafts of exercises that have not ended, for those who may complete them."""
    if "editor" not in request.roles:
        return []
    drafts = Consultation.objects.for_prefecture(request.prefecture).filter(
        state=Consultation.State.DRAFT, campaign__closes_on__gte=request.prefecture.today()
    )
    return [draft_task(request, draft) for draft in drafts.select_related("campaign")]


def draft_task(request: HttpRequest, draft: Consultation) -> dict[str, Any]:
    is_dated = draft.opens_at and draft.closes_at
    note = f"Ouverture prévue {moment(draft.opens_at, request.prefecture.time_zone)}." if is_dated else ""
    return {
        "number": 1,
        "title": f"concertation à {'publier' if is_dated else 'compléter'} : {draft.campaign.title}",
        "note": note or "Il manque ses dates d’ouverture et de clôture.",
        "url": reverse("consultation_draft", args=[request.prefecture.slug, draft.campaign.slug]),
        "action": "Continuer",
        "late": bool(draft.opens_at and draft.opens_at <= clock.now()),
    }


def ministry_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """Exercises in preparation, for the lead."""
    if "lead" not in request.roles:
        return []
    waiting = Campaign.objects.filter(launched_at=None).annotate(themes_asked=Count("themes"))
    return [
        {
            "number": 1,
            "title": f"exercice à lancer : {campaign.title}",
            "note": f"{campaign.themes_asked} thèmes. Aucune préfecture ne le voit encore.",
            "url": reverse("campaign", args=[campaign.slug]),
            "action": "Continuer",
        }
        for campaign in waiting
    ]
