"""The lead gives everybody more time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from assises import clock
from assises.access import ministry
from assises.look.templatetags.french import count
from consultations.forms.around_campaign import NationalExtensionForm
from consultations.models import Campaign
from consultations.steering.extend_nationally import CannotExtendError, Reach, extend_nationally
from consultations.views.ministry.campaigns import counts_of

GET_AND_POST = ["GET", "HEAD", "POST"]


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_extend(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign.objects.launched(), slug=campaign)
    form = NationalExtensionForm(request.POST or None, campaign=found)
    if request.method == "POST" and form.is_valid():
        try:
            reach = extend_nationally(found, actor=request.user, **form.cleaned_data)
        except CannotExtendError as error:
            form.add_error(error.field, error.text)
        else:
            messages.success(request, said(reach))
            return redirect("campaign", found.slug)
    context = {"form": form, "campaign": found, "counts": counts_of(found, clock.now())}
    return render(request, "consultations/ministry/campaign_extend.html", context)


def said(reach: Reach) -> str:
    moved = (
        "une concertation reste ouverte" if reach.moved == 1 else f"{count(reach.moved)} concertations restent ouvertes"
    )
    kept = f" Déjà closes, inchangées\u00a0: {count(reach.closed)}." if reach.closed else ""
    return f"L’exercice est prolongé\u00a0: {moved} plus longtemps. Les équipes sont prévenues.{kept}"
