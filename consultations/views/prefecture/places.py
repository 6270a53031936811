"""Where paper is and where somebody listens: added, changed, put in order, removed."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises.access import prefecture
from consultations.forms.around import PlaceForm
from consultations.models import Consultation, Place
from consultations.touch import touch
from consultations.views.prefecture.consultation import GET_AND_POST, own_consultation, refusal

UP = "monter"


def places_of(consultation: Consultation) -> QuerySet[Place]:
    return Place.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)


def back(request: HttpRequest, campaign: str, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    return redirect("places", request.prefecture.slug, campaign)


@prefecture("editor")
@require_safe
def places(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_consultation(request, campaign)
    context = {"consultation": found, "places": places_of(found), "may_change": not refusal(found)}
    return render(request, "consultations/prefecture/places.html", context)


def edit(request: HttpRequest, found: Consultation, place: Place, template: str, said: str) -> HttpResponse:
    campaign = found.campaign.slug
    if why := refusal(found):
        messages.warning(request, why)
        return redirect("places", request.prefecture.slug, campaign)
    form = PlaceForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        form.save()
        touch(found)
        return back(request, campaign, said)
    context: dict[str, Any] = {"form": form, "consultation": found, "place": place}
    return render(request, f"consultations/prefecture/{template}.html", context)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def place_new(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_consultation(request, campaign, lock=request.method == "POST")
    last = places_of(found).aggregate(last=Max("position"))["last"] or 0
    place = Place(prefecture_id=found.prefecture_id, consultation=found, position=last + 1)
    return edit(request, found, place, "place_new", "Le lieu est ajouté.")


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def place_edit(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = own_consultation(request, campaign, lock=request.method == "POST")
    place = get_object_or_404(places_of(found), pk=number)
    return edit(request, found, place, "place_edit", "Le lieu est enregistré.")


@prefecture("editor")
@require_POST
def place_move(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """One place up or down; ranks are written again, whatever they were."""
    found = own_consultation(request, campaign, lock=True)
    rows = list(places_of(found))
    here = next((n for n, place in enumerate(rows) if place.pk == number), None)
    if here is None:
        get_object_or_404(places_of(found), pk=number)
    there = here - 1 if request.POST.get("sens") == UP else here + 1
    if not refusal(found) and 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for position, place in enumerate(rows, 1):
            place.position = position
        Place.objects.bulk_update(rows, ["position"])
        touch(found)
    return redirect("places", request.prefecture.slug, campaign)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def place_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = own_consultation(request, campaign, lock=request.method == "POST")
    place = get_object_or_404(places_of(found), pk=number)
    if why := refusal(found):
        messages.warning(request, why)
        return back(request, campaign)
    if request.method == "POST":
        place.delete()
        touch(found)
        return back(request, campaign, "Le lieu est retiré.")
    return render(request, "consultations/prefecture/place_remove.html", {"consultation": found, "place": place})
