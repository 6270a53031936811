"""The prefecture reads what was built, its prefect validates and transmits, and it sees what the ministry answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assises import clock
from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from assises.jobs.progress import progress_of
from assises.workflow import IllegalMoveError, changes_of
from consultations.models import Consultation
from syntheses.build import BUILD, NotNowError, ask_for_version, latest_documents
from syntheses.download import as_file
from syntheses.models import Build, Document, Synthesis
from syntheses.sign import ask_again
from syntheses.standing import stages_of, word_for, word_of
from syntheses.transmit import transmit
from syntheses.validate import StaleVersionError, take_back, validate, version_to_validate

GET_AND_POST = ["GET", "HEAD", "POST"]
ALREADY = "La synthèse a changé d’état entre-temps\u00a0: voici où elle en est."

# What became of the version that was validated.
MARKS = {
    Synthesis.State.VALIDATED: {"kind": "mid", "label": "Version validée"},
    Synthesis.State.TRANSMITTED: {"kind": "done", "label": "Version transmise"},
    Synthesis.State.RETURNED: {"kind": "bad", "label": "Version renvoyée"},
    Synthesis.State.ACKNOWLEDGED: {"kind": "done", "label": "Version transmise, réception accusée"},
}


def own_consultation(request: HttpRequest, campaign: str) -> Consultation:
    rows = Consultation.objects.for_prefecture(request.prefecture).select_related("campaign", "prefecture")
    return get_object_or_404(rows, campaign__slug=campaign)


def own_synthesis(request: HttpRequest, campaign: str) -> Synthesis:
    """The tenant's row, or nothing."""
    rows = Synthesis.objects.for_prefecture(request.prefecture).select_related(
        "consultation__campaign", "consultation__prefecture"
    )
    return get_object_or_404(rows, consultation__campaign__slug=campaign)


def own_document(request: HttpRequest, campaign: str, number: int) -> Document:
    rows = Document.objects.for_prefecture(request.prefecture).filter(synthesis__consultation__campaign__slug=campaign)
    return get_object_or_404(rows, number=number)


def back(request: HttpRequest, campaign: str) -> HttpResponse:
    return redirect("synthesis", request.prefecture.slug, campaign)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def syntheses(request: HttpRequest) -> HttpResponse:
    """One line a concertation, the latest exercise first."""
    published = Consultation.objects.for_prefecture(request.prefecture).published()
    begun = {row.consultation_id: row for row in Synthesis.objects.for_prefecture(request.prefecture)}
    now = clock.now()
    rows = [
        {"consultation": found, "word": word_for(found, begun.get(found.pk), now)}
        for found in published.select_related("campaign").order_by("-campaign__opens_on")
    ]
    return render(request, "syntheses/prefecture/syntheses.html", {"rows": rows})


@prefecture(*PREFECTURE_ROLES)
@require_safe
def synthesis(request: HttpRequest, campaign: str) -> HttpResponse:
    """Where the synthesis is, its versions, what comes next."""
    consultation = own_consultation(request, campaign)
    found = Synthesis.objects.for_prefecture(request.prefecture).filter(consultation=consultation).first()
    documents = list(latest_documents(found)) if found else []
    now, acts = clock.now(), acts_of(request, found)
    context = {
        "consultation": consultation,
        "synthesis": found,
        "documents": documents,
        "mark": MARKS.get(found.state) if found else None,
        "word": word_for(consultation, found, now),
        "has_closed": consultation.has_closed_at(now),
        "stages": stages_of(consultation, found, is_ready=bool(acts.get("ready")), now=now),
        "received": documents[0].source["parts"][0] if documents else None,
        **work_of(found),
        **acts,
    }
    return render(request, "syntheses/prefecture/synthesis.html", context)


def work_of(found: Synthesis | None) -> dict[str, Any]:
    """The version being built, or the last one when it failed."""
    if found is None:
        return {}
    last = Build.objects.for_prefecture(found.prefecture_id).filter(synthesis=found).order_by("-number").first()
    if last is None or last.done_at:
        return {}
    return {"build": last, "progress": progress_of(BUILD.name, str(found.pk)) if last.attempts else None}


def acts_of(request: HttpRequest, found: Synthesis | None) -> dict[str, Any]:
    """What this person may do now, and what was decided before."""
    if found is None:
        return {}
    signs, writes = "prefect" in request.roles, "editor" in request.roles
    ready = version_to_validate(found) if found.takes_new_versions else None
    changes = list(changes_of(found).filter(prefecture=request.prefecture).select_related("actor"))
    returns = [change for change in changes if change.after == Synthesis.State.RETURNED]
    return {
        "ready": ready,
        "may_validate": bool(signs and ready),
        "may_transmit": signs and found.state == Synthesis.State.VALIDATED,
        "may_ask": (writes or signs) and found.takes_new_versions,
        "changes": [{"label": word_of(change.after), "change": change} for change in reversed(changes)],
        "returned": returns[-1] if returns and found.state == Synthesis.State.RETURNED else None,
    }


@prefecture("editor", "prefect")
@require_http_methods(GET_AND_POST)
def synthesis_new_version(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_synthesis(request, campaign)
    if request.method == "POST":
        try:
            ask_for_version(found, actor=request.user)
        except NotNowError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, "La nouvelle version est demandée. Elle sera prête dans un instant.")
        return back(request, campaign)
    return render(request, "syntheses/prefecture/synthesis_new_version.html", {"synthesis": found})


@prefecture("prefect")
@require_http_methods(GET_AND_POST)
def synthesis_validate(request: HttpRequest, campaign: str) -> HttpResponse:
    """Names the version that was read: a newer one made meanwhile is not validated by surprise."""
    found = own_synthesis(request, campaign)
    document = version_to_validate(found) if found.takes_new_versions else None
    if document is None:
        messages.warning(request, "Il n’y a pas de version à valider.")
        return back(request, campaign)
    if question := ask_again(request):
        return question
    if request.method == "POST":
        try:
            validate(found, int(request.POST.get("version", "0") or 0), actor=request.user)
        except (StaleVersionError, ValueError):
            messages.warning(request, "Une version plus récente est arrivée\u00a0: lisez-la avant de valider.")
        except IllegalMoveError:
            messages.warning(request, ALREADY)
        else:
            messages.success(request, f"La version {document.number} est validée. Il reste à la transmettre.")
        return back(request, campaign)
    context = {"synthesis": found, "document": document}
    return render(request, "syntheses/prefecture/synthesis_validate.html", context)


@prefecture("prefect")
@require_http_methods(GET_AND_POST)
def synthesis_take_back(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_synthesis(request, campaign)
    if found.state != Synthesis.State.VALIDATED:
        messages.warning(request, ALREADY)
        return back(request, campaign)
    if request.method == "POST":
        try:
            take_back(found, actor=request.user)
        except IllegalMoveError:
            messages.warning(request, ALREADY)
        else:
            messages.success(request, "La validation est retirée. Une nouvelle version peut être demandée.")
        return back(request, campaign)
    return render(request, "syntheses/prefecture/synthesis_take_back.html", {"synthesis": found})


@prefecture("prefect")
@require_http_methods(GET_AND_POST)
def synthesis_transmit(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_synthesis(request, campaign)
    if found.state != Synthesis.State.VALIDATED:
        messages.warning(request, ALREADY)
        return back(request, campaign)
    if question := ask_again(request):
        return question
    if request.method == "POST":
        try:
            transmit(found, actor=request.user)
        except IllegalMoveError:
            messages.warning(request, ALREADY)
        else:
            messages.success(request, "La synthèse est transmise au ministère.")
        return back(request, campaign)
    context = {"synthesis": found, "document": latest_documents(found).get(pk=found.document_id)}
    return render(request, "syntheses/prefecture/synthesis_transmit.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def synthesis_read(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """The same words and figures as the PDF, as a page."""
    document = own_document(request, campaign, number)
    context = {"document": document, "content": document.source, "consultation": own_consultation(request, campaign)}
    return render(request, "syntheses/prefecture/synthesis_read.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def synthesis_download(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return as_file(own_document(request, campaign, number))
