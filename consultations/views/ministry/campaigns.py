"""National exercises: what the ministry asks, and of whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import ministry
from assises.accounts.models import Prefecture
from assises.accounts.models.rights import MINISTRY_ROLES
from consultations.forms.campaign import CampaignForm, LaunchForm
from consultations.forms.questions import CoreQuestionForm
from consultations.launch import NothingToAskError, launch
from consultations.models import Campaign, Consultation, CoreTheme

GET_AND_POST = ["GET", "HEAD", "POST"]


@ministry(*MINISTRY_ROLES)
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    context = {"campaigns": Campaign.objects.all(), "may_change": "lead" in request.roles}
    return render(request, "consultations/ministry/campaigns.html", context)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_new(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        messages.success(request, "L’exercice est créé. Ajoutez maintenant ses questions.")
        return redirect("campaign", made.slug)
    return render(request, "consultations/ministry/campaign_new.html", {"form": form})


@ministry(*MINISTRY_ROLES)
@require_safe
def campaign(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign, slug=campaign)
    context = {
        "campaign": found,
        "themes": CoreTheme.objects.filter(campaign=found).prefetch_related("questions"),
        "consultations": Consultation.objects.filter(campaign=found)
        .select_related("prefecture")
        .order_by("prefecture"),
        "may_change": "lead" in request.roles,
    }
    return render(request, "consultations/ministry/campaign.html", context)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_question_new(request: HttpRequest, campaign: str) -> HttpResponse:
    """Questions are added until the launch: after it, prefectures work on their copies."""
    found = get_object_or_404(Campaign, slug=campaign)
    if found.launched_at:
        messages.warning(request, "L’exercice est lancé : ses questions ne changent plus.")
        return redirect("campaign", found.slug)
    form = CoreQuestionForm(request.POST or None, campaign=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "La question est ajoutée.")
        return redirect("campaign", found.slug)
    return render(request, "consultations/ministry/core_question_new.html", {"form": form, "campaign": found})


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_launch(request: HttpRequest, campaign: str) -> HttpResponse:
    """Choose prefectures, then a draft in each; those that have one are not offered again."""
    found = get_object_or_404(Campaign, slug=campaign)
    has_one = Consultation.objects.filter(campaign=found).values("prefecture")
    waiting = Prefecture.objects.exclude(code__in=has_one)
    form = LaunchForm(request.POST or None, choices=[(other.code, str(other)) for other in waiting])
    if request.method == "POST" and form.is_valid():
        try:
            made = launch(found, waiting.filter(code__in=form.cleaned_data["prefectures"]), actor=request.user)
        except NothingToAskError:
            form.add_error(None, "Cet exercice n’a encore aucun thème.")
        else:
            ready = "un brouillon est prêt" if made == 1 else f"{made} brouillons sont prêts"
            messages.success(request, f"L’exercice est lancé : {ready}.")
            return redirect("campaign", found.slug)
    context = {"form": form, "campaign": found}
    return render(request, "consultations/ministry/campaign_launch.html", context)
