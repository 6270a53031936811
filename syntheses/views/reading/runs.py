"""How far the machine is, what its last run was, what people decided: pages for whoever wants to know."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from syntheses.models import Analysis, Decision
from syntheses.reading.ask import ask_now
from syntheses.showing.history import proposed_of, value_of
from syntheses.showing.numbers import titles_of
from syntheses.showing.running import running_of
from syntheses.views.reading.own import CODERS, address, base, own, page_of, way_back

RUNS_SHOWN = 10


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_progress(request: HttpRequest, campaign: str) -> HttpResponse:
    """The block alone, asked again and again by the page that waits."""
    consultation = own(request, campaign)
    whole = address(request, "reading", campaign)
    context = base(request, consultation, running=running_of(consultation), is_fragment=True, here=whole)
    return render(request, "syntheses/reading/running.html", context)


@prefecture(*CODERS)
@require_POST
def reading_now(request: HttpRequest, campaign: str) -> HttpResponse:
    """« Lire maintenant », « Réessayer »."""
    ask_now(own(request, campaign))
    messages.success(request, "La lecture est demandée\u00a0: elle commence dans un instant.")
    return way_back(request, campaign)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_run(request: HttpRequest, campaign: str) -> HttpResponse:
    """By which version of the method, from what, until when: enough to do it again and compare."""
    consultation = own(request, campaign)
    rows = Analysis.objects.for_prefecture(request.prefecture).filter(consultation=consultation)
    runs = list(rows.defer("memory").order_by("-pk")[:RUNS_SHOWN])
    context = base(
        request,
        consultation,
        running=running_of(consultation),
        runs=[{"run": run, "manifest": json.dumps(run.manifest, ensure_ascii=False, indent=2)} for run in runs],
    )
    return render(request, "syntheses/prefecture/reading_run.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_decisions(request: HttpRequest, campaign: str) -> HttpResponse:
    """Who decided what and when, beside what the machine had proposed; the latest first."""
    consultation = own(request, campaign)
    titles = titles_of(consultation)
    rows = Decision.objects.of(consultation).select_related("by", "grouping", "statement").order_by("-at", "-pk")
    page = page_of(request, rows)
    lines = [
        {
            "decision": one,
            "value": value_of(one, titles, one.grouping.label if one.grouping else ""),
            "proposed": proposed_of(one, titles),
            "text": one.statement.text[one.start :],
        }
        for one in page.object_list
    ]
    return render(
        request, "syntheses/prefecture/reading_decisions.html", base(request, consultation, page=page, lines=lines)
    )
