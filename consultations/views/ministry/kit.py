"""What the ministry gives every team: a guide, a model of press release, a poster."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises.access import ministry
from assises.accounts.models.rights import MINISTRY_ROLES
from consultations.around.download import as_file
from consultations.forms.kit import KitForm
from consultations.models import Campaign, KitDocument
from consultations.steering.kit import documents_of


@ministry(*MINISTRY_ROLES)
@require_safe
def campaign_kit(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign, slug=campaign)
    context = {"campaign": found, "documents": documents_of(found), "may_change": "lead" in request.roles}
    return render(request, "consultations/ministry/campaign_kit.html", context)


@ministry("lead")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_kit_new(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign, slug=campaign)
    form = KitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        form.instance.campaign = found
        form.save()
        messages.success(request, f"«\u00a0{form.instance.title}\u00a0» est dans le kit.")
        return redirect("campaign_kit", found.slug)
    return render(request, "consultations/ministry/campaign_kit_new.html", {"form": form, "campaign": found})


@ministry(*MINISTRY_ROLES)
@require_safe
def campaign_kit_download(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return as_file(get_object_or_404(KitDocument, campaign__slug=campaign, pk=number))


@ministry("lead")
@require_POST
def campaign_kit_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    document = get_object_or_404(KitDocument.objects.defer("content"), campaign__slug=campaign, pk=number)
    document.delete()
    messages.success(request, f"«\u00a0{document.title}\u00a0» n’est plus dans le kit.")
    return redirect("campaign_kit", campaign)
