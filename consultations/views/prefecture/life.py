"""After publication: a later closing, or the end of it, each with words for the public."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assises import clock
from assises.access import prefecture
from assises.workflow import IllegalMoveError
from consultations.extend import CannotExtendError, extend
from consultations.forms.around import ExtendForm, WithdrawForm
from consultations.models import Consultation
from consultations.views.prefecture.consultation import GET_AND_POST, own_consultation, refusal
from consultations.withdraw import withdraw


def back(request: HttpRequest, campaign: str) -> HttpResponse:
    return redirect("consultation_draft", request.prefecture.slug, campaign)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_extend(request: HttpRequest, campaign: str) -> HttpResponse:
    """A later closing, in the local time of the department, and why."""
    found = own_consultation(request, campaign)
    why = refusal(found)
    if why or found.state == Consultation.State.DRAFT:
        messages.warning(request, why or "La concertation n’est pas publiée : changez simplement sa clôture.")
        return back(request, campaign)
    with timezone.override(request.prefecture.zone):
        form = ExtendForm(request.POST or None, initial={"closes_at": found.closes_at})
        if request.method == "POST" and form.is_valid():
            try:
                extend(found, form.cleaned_data["closes_at"], form.cleaned_data["note"], actor=request.user)
            except CannotExtendError as error:
                form.add_error(error.field, error.text)
            else:
                messages.success(
                    request, "La nouvelle clôture est publiée. Ceux qui suivent la concertation l’apprennent."
                )
                return back(request, campaign)
        context = {"form": form, "consultation": found}
        return render(request, "consultations/prefecture/consultation_extend.html", context)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_withdraw(request: HttpRequest, campaign: str) -> HttpResponse:
    """A page that says what will happen, then does it."""
    found = own_consultation(request, campaign)
    if not found.is_published:
        messages.warning(request, refusal(found) or "La concertation n’est pas publiée : il n’y a rien à retirer.")
        return back(request, campaign)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(found, form.cleaned_data["reason"], actor=request.user)
        except IllegalMoveError:
            messages.warning(request, "La concertation était déjà retirée.")
        else:
            messages.success(request, "La concertation est retirée. Sa page dit pourquoi.")
        return back(request, campaign)
    context = {"form": form, "consultation": found, "is_open": found.is_open_at(clock.now())}
    return render(request, "consultations/prefecture/consultation_withdraw.html", context)
