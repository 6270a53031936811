"""Periods of electoral reserve, kept by the lead: every calendar warns of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assises.access import ministry
from assises.accounts.models.rights import MINISTRY_ROLES
from consultations.forms.around_campaign import ReserveForm
from consultations.models import ReservePeriod

GET_AND_POST = ["GET", "HEAD", "POST"]


@ministry(*MINISTRY_ROLES)
@require_http_methods(["GET", "HEAD"])
def reserves(request: HttpRequest) -> HttpResponse:
    context = {"periods": ReservePeriod.objects.order_by("-starts_on"), "may_change": "lead" in request.roles}
    return render(request, "consultations/ministry/reserves.html", context)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def reserve_new(request: HttpRequest) -> HttpResponse:
    form = ReserveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "La période est ajoutée. Les calendriers en tiennent compte.")
        return redirect("reserves")
    return render(request, "consultations/ministry/reserve_new.html", {"form": form})


@ministry("lead")
@require_http_methods(GET_AND_POST)
def reserve_edit(request: HttpRequest, number: int) -> HttpResponse:
    period = get_object_or_404(ReservePeriod.objects.select_for_update(), pk=number)
    form = ReserveForm(request.POST or None, instance=period)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "La période est enregistrée.")
        return redirect("reserves")
    return render(request, "consultations/ministry/reserve_edit.html", {"form": form, "number": number})


@ministry("lead")
@require_POST
def reserve_remove(request: HttpRequest, number: int) -> HttpResponse:
    period = get_object_or_404(ReservePeriod, pk=number)
    period.delete()
    messages.success(request, f"«\u00a0{period.title}\u00a0» est retirée.")
    return redirect("reserves")
