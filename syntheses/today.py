"""« À faire aujourd’hui »: what waits for the prefect, the editors and the ministry about syntheses."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from assises.look.templatetags.french import day, moment
from syntheses.models import Build, Synthesis
from syntheses.validate import version_to_validate

State = Synthesis.State


def prefecture_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """To validate and to transmit, for who signs; what came back or failed, for who writes."""
    rows = Synthesis.objects.for_prefecture(request.prefecture).select_related("consultation__campaign")
    waiting = rows.exclude(state__in=[State.ACKNOWLEDGED, State.TRANSMITTED]).order_by("pk")
    tasks = []
    for synthesis in waiting:
        if "prefect" in request.roles:
            tasks += signing_tasks(request, synthesis)
        if "editor" in request.roles:
            tasks += writing_tasks(request, synthesis)
    return tasks


def signing_tasks(request: HttpRequest, synthesis: Synthesis) -> list[dict[str, Any]]:
    campaign = synthesis.consultation.campaign
    is_late = request.prefecture.today() > campaign.synthesis_due_on
    due = f"Le ministère l’attend le {day(campaign.synthesis_due_on)}."
    if synthesis.state == State.VALIDATED:
        return [task(request, synthesis, "synthèse à transmettre", due, "Transmettre", late=is_late)]
    if version_to_validate(synthesis):
        return [task(request, synthesis, "synthèse à valider", due, "Lire et valider", late=is_late)]
    return []


def writing_tasks(request: HttpRequest, synthesis: Synthesis) -> list[dict[str, Any]]:
    if synthesis.state == State.RETURNED and not version_to_validate(synthesis):
        when = moment(synthesis.answered_at, request.prefecture.time_zone)
        note = f"Le ministère l’a renvoyée le {when}, avec la raison."
        return [task(request, synthesis, "synthèse renvoyée", note, "Voir la raison", late=True)]
    builds = Build.objects.for_prefecture(request.prefecture).filter(synthesis=synthesis)
    last = builds.order_by("-number").first()
    if last and last.given_up_at:
        note = "Le portail a essayé plusieurs fois. La raison est écrite sur la page."
        return [task(request, synthesis, "version qui n’a pas pu être construite", note, "Voir", late=True)]
    return []


def task(
    request: HttpRequest, synthesis: Synthesis, title: str, note: str, action: str, *, late: bool
) -> dict[str, Any]:
    campaign = synthesis.consultation.campaign
    return {
        "number": 1,
        "title": f"{title}\u00a0: {campaign.title}",
        "note": note,
        "url": reverse("synthesis", args=[request.prefecture.slug, campaign.slug]),
        "action": action,
        "late": late,
    }


def ministry_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """Syntheses received and not answered, for the lead."""
    if "lead" not in request.roles:
        return []
    waiting = Synthesis.objects.filter(state=State.TRANSMITTED).order_by("transmitted_at")
    number = waiting.count()
    if not number:
        return []
    oldest = waiting.select_related("consultation__campaign").first()
    return [
        {
            "number": number,
            "title": "synthèse reçue, à lire" if number == 1 else "synthèses reçues, à lire",
            "note": f"La plus ancienne attend depuis le {moment(oldest.transmitted_at)}.",
            "url": f"{reverse('ministry_syntheses')}?exercice={oldest.consultation.campaign.slug}",
            "action": "Lire",
        }
    ]
