"""What comes from the ministry into a prefecture's folder: the kit, and what it changed in the core."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assises import clock
from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.around.download import as_file
from consultations.models import Consultation, KitDocument
from consultations.steering.accept import accept
from consultations.steering.core_changes import Difference, acceptable, differences
from consultations.steering.kit import documents_of
from consultations.views.prefecture.consultation import own_consultation


@prefecture(*PREFECTURE_ROLES)
@require_safe
def kit(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_consultation(request, campaign)
    context = {"consultation": found, "documents": documents_of(found.campaign)}
    return render(request, "consultations/prefecture/kit.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def kit_download(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = own_consultation(request, campaign)
    return as_file(get_object_or_404(KitDocument, campaign=found.campaign_id, pk=number))


@prefecture(*PREFECTURE_ROLES)
@require_safe
def core_changes(request: HttpRequest, campaign: str) -> HttpResponse:
    """What the ministry changed: before and after, word by word."""
    found = own_consultation(request, campaign)
    all_of_them = differences(found)
    now = acceptable(found, all_of_them, clock.now())
    context = {
        "consultation": found,
        "changes": [in_view(each, is_draft=is_draft(found)) for each in now],
        "kept": kept_for_later(found, all_of_them),
        "is_draft": is_draft(found),
        "may_accept": "editor" in request.roles,
    }
    return render(request, "consultations/prefecture/core_changes.html", context)


@prefecture("editor")
@require_POST
def core_changes_accept(request: HttpRequest, campaign: str) -> HttpResponse:
    """All of it in one click."""
    found = own_consultation(request, campaign)
    if accept(found):
        messages.success(request, accepted(found))
    else:
        messages.info(request, "Il n’y a rien à accepter\u00a0: quelqu’un de votre équipe l’a peut-être déjà fait.")
    return redirect("core_changes", request.prefecture.slug, campaign)


def is_draft(consultation: Consultation) -> bool:
    return consultation.state == Consultation.State.DRAFT


def accepted(consultation: Consultation) -> str:
    if is_draft(consultation):
        return "Votre brouillon est à jour."
    return "Les mots sont corrigés. Une nouvelle version du questionnaire est publiée."


def in_view(difference: Difference, *, is_draft: bool) -> dict[str, Any]:
    return {"difference": difference, "facts": difference.changes if is_draft else difference.words}


def kept_for_later(consultation: Consultation, found: list[Difference]) -> list[Difference]:
    """What a published consultation cannot take over: its answers would no longer be to the same thing."""
    if is_draft(consultation):
        return []
    return [each for each in found if each.kind != "changed" or each.beyond_words]
