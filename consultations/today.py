"""What waits for the team: a draft to complete, a campaign to launch."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from assises import clock
from assises.look.templatetags.french import moment
from consultations.models import Campaign, Consultation
from consultations.steering.core_changes import acceptable, differences
from consultations.steering.teams import UNTOUCHED, reached


def prefecture_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """Drafts of exercises that have not ended, for those who may complete them."""
    if "editor" not in request.roles:
        return []
    drafts = Consultation.objects.for_prefecture(request.prefecture).filter(
        state=Consultation.State.DRAFT, campaign__closes_on__gte=request.prefecture.today()
    )
    return [draft_task(request, draft) for draft in drafts.select_related("campaign")]


def core_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """What the ministry changed since, where an editor can still take it over."""
    if "editor" not in request.roles:
        return []
    moment_now = clock.now()
    mine = Consultation.objects.for_prefecture(request.prefecture).filter(
        campaign__launched_at__isnull=False, campaign__closes_on__gte=request.prefecture.today()
    )
    found = []
    for consultation in mine.select_related("campaign"):
        if changes := acceptable(consultation, differences(consultation), moment_now):
            is_draft = consultation.state == Consultation.State.DRAFT
            found.append(
                {
                    "number": len(changes),
                    "title": f"{'changements' if len(changes) > 1 else 'changement'} du ministère à accepter\u00a0: "
                    f"{consultation.campaign.title}",
                    "note": "Votre brouillon n’est plus à jour." if is_draft else "Des mots ont été corrigés.",
                    "url": reverse("core_changes", args=[request.prefecture.slug, consultation.campaign.slug]),
                    "action": "Comparer",
                    "late": False,
                }
            )
    return found


def draft_task(request: HttpRequest, draft: Consultation) -> dict[str, Any]:
    is_dated = draft.opens_at and draft.closes_at
    note = f"Ouverture prévue {moment(draft.opens_at, request.prefecture.time_zone)}." if is_dated else ""
    return {
        "number": 1,
        "title": f"concertation à {'publier' if is_dated else 'compléter'}\u00a0: {draft.campaign.title}",
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
            "title": f"exercice à lancer\u00a0: {campaign.title}",
            "note": f"{themes_in_words(campaign.themes_asked)}. Aucune préfecture ne le voit encore.",
            "url": reverse("campaign", args=[campaign.slug]),
            "action": "Continuer",
        }
        for campaign in waiting
    ]


def themes_in_words(number: int) -> str:
    return {0: "Aucun thème", 1: "Un thème"}.get(number, f"{number} thèmes")


def untouched_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """Teams that have not touched their draft for five days, for the lead."""
    if "lead" not in request.roles:
        return []
    now = clock.now()
    going_on = Campaign.objects.launched().filter(closes_on__gte=now.date())
    waited_for = [(campaign, reached(campaign, UNTOUCHED, now).count()) for campaign in going_on]
    return [
        {
            "number": number,
            "title": f"{'brouillons intacts' if number > 1 else 'brouillon intact'} depuis cinq jours\u00a0: "
            f"{campaign.title}",
            "note": "Un rappel part en un clic.",
            "url": reverse("campaign", args=[campaign.slug]) + "#intacts",
            "action": "Voir",
            "late": False,
        }
        for campaign, number in waited_for
        if number
    ]
