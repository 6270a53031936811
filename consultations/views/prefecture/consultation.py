"""A prefecture prepares and publishes its consultation: the hub, its words and dates, publication."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assises import clock
from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from assises.workflow import IllegalMoveError
from consultations.around.advice import advice
from consultations.around.hub import hub_of
from consultations.asking.content import content_of
from consultations.forms.consultation import ConsultationForm
from consultations.models import Consultation
from consultations.publish import NotReadyError, missing, publish
from consultations.touch import touch

GET_AND_POST = ["GET", "HEAD", "POST"]


def own_consultation(request: HttpRequest, campaign: str, *, lock: bool = False) -> Consultation:
    """The tenant's row, or nothing; locked when it is going to be changed."""
    rows = Consultation.objects.for_prefecture(request.prefecture).select_related("campaign", "prefecture")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return get_object_or_404(rows, campaign__slug=campaign)


def edit_part(
    request: HttpRequest, campaign: str, form_class: type[Any], template: str, *, said: str, only_draft: bool = False
) -> HttpResponse:
    """One part of the consultation in a form; what may not change any more says why."""
    found = own_consultation(request, campaign, lock=request.method == "POST")
    if why := refusal(found, only_draft=only_draft):
        messages.warning(request, why)
        return redirect("consultation_draft", request.prefecture.slug, campaign)
    with timezone.override(request.prefecture.zone):
        form = form_class(request.POST or None, instance=found)
        if request.method == "POST" and form.is_valid():
            form.save()
            touch(found)
            messages.success(request, said)
            return redirect("consultation_draft", request.prefecture.slug, campaign)
        context = {"form": form, "consultation": found}
        return render(request, f"consultations/prefecture/{template}.html", context)


def refusal(consultation: Consultation, *, only_draft: bool = False) -> str:
    """Why this cannot be changed any more, in words; nothing when it can."""
    if consultation.state == Consultation.State.WITHDRAWN:
        return "La concertation est retirée : elle ne change plus."
    if only_draft and consultation.state != Consultation.State.DRAFT:
        return "La concertation est publiée : cela ne change plus."
    if consultation.has_closed_at(clock.now()):
        return "La concertation est close : elle ne change plus."
    return ""


@prefecture(*PREFECTURE_ROLES)
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    rows = Consultation.objects.for_prefecture(request.prefecture).select_related("campaign")
    context = {"consultations": rows.order_by("-campaign__opens_on"), "now": clock.now()}
    return render(request, "consultations/prefecture/consultations.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def consultation_draft(request: HttpRequest, campaign: str) -> HttpResponse:
    """The hub: where it stands, what is missing, each part with what it says now, what was decided."""
    found = own_consultation(request, campaign)
    context = {"consultation": found, **hub_of(found, clock.now(), is_editor="editor" in request.roles)}
    return render(request, "consultations/prefecture/consultation_draft.html", context)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_edit(request: HttpRequest, campaign: str) -> HttpResponse:
    """Introduction and dates. After publication the dates move only by a public act."""
    said = "L’introduction et les dates sont enregistrées."
    return edit_part(request, campaign, ConsultationForm, "consultation_edit", said=said, only_draft=True)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_publish(request: HttpRequest, campaign: str) -> HttpResponse:
    """A page that says what will happen, then does it."""
    found = own_consultation(request, campaign)
    if found.state != Consultation.State.DRAFT:
        messages.warning(request, "La concertation est déjà publiée.")
        return redirect("consultation_draft", request.prefecture.slug, campaign)
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
            messages.success(request, published(found))
            return redirect("consultation_draft", request.prefecture.slug, campaign)
    context = {"consultation": found, "missing": lacking, "advice": advice(found), "now": clock.now()}
    return render(request, "consultations/prefecture/consultation_publish.html", context)


def published(consultation: Consultation) -> str:
    if consultation.opens_at > clock.now():
        return "La concertation est publiée. Elle ouvrira d’elle-même à la date annoncée."
    return "La concertation est publiée et ouverte. Elle se fermera d’elle-même à la date annoncée."
