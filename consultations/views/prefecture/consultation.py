"""A prefecture prepares and publishes its consultation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assises import clock
from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from assises.workflow import IllegalMoveError
from consultations.content import content_of
from consultations.forms.consultation import ConsultationForm
from consultations.models import Consultation
from consultations.publish import NotReadyError, missing, publish

GET_AND_POST = ["GET", "HEAD", "POST"]


def own_consultation(request: HttpRequest, campaign: str) -> Consultation:
    """The tenant's row, or nothing."""
    rows = Consultation.objects.for_prefecture(request.prefecture).select_related("campaign", "prefecture")
    return get_object_or_404(rows, campaign__slug=campaign)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    rows = Consultation.objects.for_prefecture(request.prefecture).select_related("campaign")
    context = {"consultations": rows.order_by("-campaign__opens_on"), "now": clock.now()}
    return render(request, "consultations/prefecture/consultations.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def consultation_draft(request: HttpRequest, campaign: str) -> HttpResponse:
    """Everything about one consultation: dates, what is asked, what is missing."""
    found = own_consultation(request, campaign)
    content = content_of(found)
    context = {
        "consultation": found,
        "steps": content["steps"],
        "missing": missing(found, content) if found.state == Consultation.State.DRAFT else [],
        "may_change": "editor" in request.roles and found.state == Consultation.State.DRAFT,
        "now": clock.now(),
    }
    return render(request, "consultations/prefecture/consultation_draft.html", context)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_edit(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_consultation(request, campaign)
    if found.state != Consultation.State.DRAFT:
        messages.warning(request, "La concertation est publiée : ses dates ne changent plus ici.")
        return redirect("consultation_draft", request.prefecture.slug, campaign)
    with timezone.override(request.prefecture.zone):
        form = ConsultationForm(request.POST or None, instance=found)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, "La concertation est enregistrée.")
            return redirect("consultation_draft", request.prefecture.slug, campaign)
        return render(request, "consultations/prefecture/consultation_edit.html", {"form": form, "consultation": found})


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_publish(request: HttpRequest, campaign: str) -> HttpResponse:
    """A page that says what will happen, then does it."""
    found = own_consultation(request, campaign)
    lacking = missing(found, content_of(found))
    if request.method == "POST":
        try:
            publish(found, actor=request.user)
        except NotReadyError as error:
            lacking = error.missing
        except IllegalMoveError:
            messages.warning(request, "La concertation est déjà publiée.")
            return redirect("consultation_draft", request.prefecture.slug, campaign)
        else:
            messages.success(request, "La concertation est publiée. Ses dates feront le reste.")
            return redirect("consultation_draft", request.prefecture.slug, campaign)
    context = {"consultation": found, "missing": lacking}
    return render(request, "consultations/prefecture/consultation_publish.html", context)
