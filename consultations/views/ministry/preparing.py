"""The lead prepares an exercise: its facts, its calendar, the outline of the synthesis, last year's again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from assises import clock
from assises.access import ministry
from consultations.forms.campaign import CampaignEditForm, CampaignForm, DuplicateForm
from consultations.forms.outline import OutlineForm, rearranged, typed_sections
from consultations.models import Campaign, ReservePeriod
from consultations.steering.core_changes import log_correction
from consultations.steering.duplicate import duplicate, proposed_dates
from consultations.steering.facts_in_words import changes_between
from consultations.steering.planning import calendar, overall_warnings

GET_AND_POST = ["GET", "HEAD", "POST"]


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Two dates are enough; the rest of the calendar is shown before anything is created."""
    form = CampaignForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and "propose" in request.POST:
        context = proposal(form)
    elif request.method == "POST" and form.is_valid():
        made = form.save()
        messages.success(request, "L’exercice est créé. Ajoutez maintenant ses questions.")
        return redirect("campaign", made.slug)
    return render(request, "consultations/ministry/campaign_new.html", context)


def proposal(form: CampaignForm) -> dict[str, Any]:
    """The page again with what was typed, and the calendar that its dates make."""
    dates = form.dates_typed()
    if dates is None:
        form.is_valid()
        return {"form": form, "no_dates": True}
    reserves = list(ReservePeriod.objects.all())
    steps = calendar(dates["opens_on"], dates["synthesis_due_on"], closes_on=dates["closes_on"], reserves=reserves)
    typed = {name: form[name].data for name in form.fields} | dates
    return {
        "form": CampaignForm(initial=typed),
        "steps": steps,
        "warnings": overall_warnings(steps, reserves, today=clock.now().date()),
    }


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_edit(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign.objects.select_for_update(), slug=campaign)
    before = Campaign(title=found.title, purpose=found.purpose)
    form = CampaignEditForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        changes = changes_between(before, found, ("title", "purpose"))
        log_correction(found, found.title, [each.as_correction() for each in changes], is_typo=True, by=request.user)
        messages.success(request, "L’exercice est enregistré.")
        return redirect("campaign", found.slug)
    return render(request, "consultations/ministry/campaign_edit.html", {"form": form, "campaign": stored(found)})


def stored(campaign: Campaign) -> Campaign:
    """As it is in the database: a form that was refused has written into the row at hand."""
    return Campaign.objects.get(pk=campaign.pk)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_outline(request: HttpRequest, campaign: str) -> HttpResponse:
    """All sections on one page: buttons move what is typed, only « Enregistrer » keeps it."""
    found = get_object_or_404(Campaign.objects.select_for_update(), slug=campaign)
    act = request.POST.get("act", "save")
    if request.method == "POST" and act == "save":
        form = OutlineForm(request.POST, instance=found, sections=typed_sections(request.POST))
        if form.is_valid():
            form.save()
            messages.success(request, "Le plan de la synthèse est enregistré.")
            return redirect("campaign", found.slug)
    elif request.method == "POST":
        form = OutlineForm(instance=found, sections=rearranged(typed_sections(request.POST), act))
        # Still what was seen when the page was first made.
        form.initial.update(
            {name: request.POST.get(name, "") for name in ("seen", "synthesis_pages", "ranked_proposals")}
        )
    else:
        form = OutlineForm(instance=found, sections=found.outline)
    context = {"form": form, "campaign": found, "unsaved": request.method == "POST" and act != "save"}
    return render(request, "consultations/ministry/campaign_outline.html", context)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_duplicate(request: HttpRequest, campaign: str) -> HttpResponse:
    source = get_object_or_404(Campaign, slug=campaign)
    initial = {"title": next_title(source), "with_kit": True, **proposed_dates(source, today=clock.now().date())}
    form = DuplicateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = duplicate(source, **form.cleaned_data)
        messages.success(request, f"«\u00a0{made.title}\u00a0» est prêt à relire. Aucune préfecture ne le voit.")
        return redirect("campaign", made.slug)
    context = {"form": form, "campaign": source, "kit": source.kit.count()}
    return render(request, "consultations/ministry/campaign_duplicate.html", context)


def next_title(source: Campaign) -> str:
    """« Assises 2027 » after « Assises 2026 »: the year of the opening, wherever it stands in the title."""
    moved: date = proposed_dates(source, today=clock.now().date())["opens_on"]
    former = (source.opens_on.year, source.closes_on.year, source.synthesis_due_on.year)
    year = next((year for year in former if str(year) in source.title), None)
    later = moved.year + (year - source.opens_on.year if year else 0)
    return source.title.replace(str(year), str(later)) if year else source.title
