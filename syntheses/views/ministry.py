"""The ministry follows who has transmitted, reads, acknowledges or returns. It never sees what was not transmitted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assises import clock
from assises.access import ministry
from assises.accounts.models.rights import MINISTRY_ROLES
from assises.workflow import IllegalMoveError, changes_of
from consultations.models import Campaign
from syntheses.answer import acknowledge, send_back
from syntheses.download import as_file
from syntheses.forms import ReturnForm
from syntheses.models import Document, Synthesis, Transmission
from syntheses.standing import OF_STATE, legend_of, rows_of, word_of

GET_AND_POST = ["GET", "HEAD", "POST"]
ALREADY = "Cette synthèse a déjà reçu une réponse\u00a0: la voici."


@ministry(*MINISTRY_ROLES)
@require_safe
def ministry_syntheses(request: HttpRequest) -> HttpResponse:
    """One exercise, all its departments; the latest unless another is asked for."""
    campaigns = list(Campaign.objects.launched())
    asked = request.GET.get("exercice")
    campaign = next((one for one in campaigns if asked in {None, one.slug}), None)
    if asked and campaign is None:
        raise Http404
    rows = rows_of(campaign, clock.now()) if campaign else []
    context = {
        "campaign": campaign,
        "rows": rows,
        "legend": legend_of(rows),
        "received": sum(row.is_readable for row in rows),
        "late": sum(row.is_late for row in rows),
        "tabs": [tab(one, campaign) for one in campaigns],
    }
    return render(request, "syntheses/ministry/ministry_syntheses.html", context)


def tab(campaign: Campaign, shown: Campaign | None) -> dict[str, Any]:
    url = f"{reverse('ministry_syntheses')}?exercice={campaign.slug}"
    return {"label": campaign.title, "url": url, "current": campaign == shown}


def transmitted(campaign: str, code: str) -> Synthesis:
    """A synthesis that was transmitted at least once, or nothing."""
    rows = Synthesis.objects.exclude(transmitted_at=None).select_related(
        "consultation__campaign", "consultation__prefecture"
    )
    return get_object_or_404(rows, consultation__campaign__slug=campaign, prefecture=code)


def transmitted_document(campaign: str, code: str, number: int) -> Document:
    """The policy shows nothing else; the filter says so again."""
    found = transmitted(campaign, code)
    rows = Document.objects.for_prefecture(code).filter(synthesis=found, transmissions__isnull=False)
    return get_object_or_404(rows.distinct(), number=number)


def back(found: Synthesis) -> HttpResponse:
    return redirect("ministry_synthesis", found.consultation.campaign.slug, found.prefecture_id)


@ministry(*MINISTRY_ROLES)
@require_safe
def ministry_synthesis(request: HttpRequest, campaign: str, code: str) -> HttpResponse:
    found = transmitted(campaign, code)
    sent = Transmission.objects.for_prefecture(code).filter(synthesis=found).select_related("by", "document")
    sent = list(sent.defer("document__content", "document__source").order_by("-pk"))
    answers = list(changes_of(found).filter(prefecture=code).select_related("actor"))
    context = {
        "synthesis": found,
        "office": found.consultation.prefecture,
        "campaign": found.consultation.campaign,
        "transmissions": sent,
        "last": sent[0],
        "word": OF_STATE[Synthesis.State(found.state)],
        "answers": [{"label": word_of(one.after), "change": one} for one in reversed(answers)],
        "may_answer": "lead" in request.roles and found.state == Synthesis.State.TRANSMITTED,
    }
    return render(request, "syntheses/ministry/ministry_synthesis.html", context)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def synthesis_acknowledge(request: HttpRequest, campaign: str, code: str) -> HttpResponse:
    found = transmitted(campaign, code)
    if found.state != Synthesis.State.TRANSMITTED:
        messages.warning(request, ALREADY)
        return back(found)
    if request.method == "POST":
        try:
            acknowledge(found, actor=request.user)
        except IllegalMoveError:
            messages.warning(request, ALREADY)
        else:
            messages.success(request, "L’accusé de réception est donné. La préfecture en est prévenue.")
        return back(found)
    return render(request, "syntheses/ministry/synthesis_acknowledge.html", {"synthesis": found})


@ministry("lead")
@require_http_methods(GET_AND_POST)
def synthesis_return(request: HttpRequest, campaign: str, code: str) -> HttpResponse:
    found = transmitted(campaign, code)
    if found.state != Synthesis.State.TRANSMITTED:
        messages.warning(request, ALREADY)
        return back(found)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_back(found, actor=request.user, reason=form.cleaned_data["reason"])
        except IllegalMoveError:
            messages.warning(request, ALREADY)
        else:
            messages.success(request, "La synthèse est renvoyée. La préfecture lira vos mots.")
        return back(found)
    return render(request, "syntheses/ministry/synthesis_return.html", {"form": form, "synthesis": found})


@ministry(*MINISTRY_ROLES)
@require_safe
def ministry_synthesis_read(request: HttpRequest, campaign: str, code: str, number: int) -> HttpResponse:
    """The same words and figures as the PDF, as a page."""
    document = transmitted_document(campaign, code, number)
    context = {"document": document, "content": document.source, "synthesis": transmitted(campaign, code)}
    return render(request, "syntheses/ministry/ministry_synthesis_read.html", context)


@ministry(*MINISTRY_ROLES)
@require_safe
def ministry_synthesis_download(request: HttpRequest, campaign: str, code: str, number: int) -> HttpResponse:
    return as_file(transmitted_document(campaign, code, number))
