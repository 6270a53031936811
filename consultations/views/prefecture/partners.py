"""Partners of a consultation by invitation: the list, the invitations, and what stops a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assises import clock
from assises.access import prefecture
from consultations.around.partners import add_all, invite, invite_all, link_of, make, partners_of, remove
from consultations.forms.around import PartnerForm, PasteForm
from consultations.models import Consultation, Partner
from consultations.touch import touch
from consultations.views.prefecture.consultation import GET_AND_POST, own_consultation, refusal

NOT_YET = "Publiez d’abord la concertation : avant, le lien de l’invitation ne mène nulle part."


def back(request: HttpRequest, campaign: str) -> HttpResponse:
    return redirect("partners", request.prefecture.slug, campaign)


def may_write(found: Consultation) -> str:
    """Why no invitation can leave now; nothing when it can."""
    return refusal(found) or ("" if found.is_published else NOT_YET)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def partners(request: HttpRequest, campaign: str) -> HttpResponse:
    """The list, and the form that adds one."""
    found = own_consultation(request, campaign, lock=request.method == "POST")
    why_not = refusal(found)
    form = PartnerForm(request.POST or None, instance=Partner(prefecture_id=found.prefecture_id, consultation=found))
    if request.method == "POST" and not why_not and form.is_valid():
        make(found, **form.cleaned_data).save()
        touch(found)
        messages.success(request, f"{form.cleaned_data['name']} est dans la liste.")
        return back(request, campaign)
    rows = list(partners_of(found))
    for partner in rows:
        partner.link = link_of(found, partner)
    context = {
        "consultation": found,
        "partners": rows,
        "form": form,
        "may_change": not why_not,
        "why_not": "" if why_not else may_write(found),
        "waiting": sum(1 for partner in rows if partner.mail and not partner.invited_at),
        "now": clock.now(),
    }
    return render(request, "consultations/prefecture/partners.html", context)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def partners_paste(request: HttpRequest, campaign: str) -> HttpResponse:
    """A whole list; nothing is kept of one that has a wrong line."""
    found = own_consultation(request, campaign, lock=request.method == "POST")
    if why := refusal(found):
        messages.warning(request, why)
        return back(request, campaign)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["lines"]
        added = add_all(found, lines, audience=form.cleaned_data["audience"])
        messages.success(request, told(added, len(lines) - added))
        return back(request, campaign)
    return render(request, "consultations/prefecture/partners_paste.html", {"form": form, "consultation": found})


def told(added: int, known: int) -> str:
    said = f"{added} partenaires ajoutés." if added > 1 else f"{added} partenaire ajouté."
    if known:
        said += f" {known} déjà dans la liste, laissés tels quels." if known > 1 else " Un autre y était déjà."
    return said


@prefecture("editor")
@require_POST
def partners_invite(request: HttpRequest, campaign: str) -> HttpResponse:
    """Everybody who has not been written to."""
    found = own_consultation(request, campaign, lock=True)
    if why := may_write(found):
        messages.warning(request, why)
        return back(request, campaign)
    sent = invite_all(found, actor=request.user)
    said = {0: "Personne n’attendait d’invitation.", 1: "Une invitation est envoyée."}
    messages.success(request, said.get(sent, f"{sent} invitations sont envoyées."))
    return back(request, campaign)


@prefecture("editor")
@require_POST
def partner_invite(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """One of them, once more if asked: the same link."""
    found = own_consultation(request, campaign, lock=True)
    partner = get_object_or_404(partners_of(found), pk=number)
    if why := may_write(found):
        messages.warning(request, why)
    elif invite(found, partner, actor=request.user):
        messages.success(request, f"L’invitation est envoyée à {partner.mail}.")
    else:
        messages.warning(request, f"{partner.name} n’a pas d’adresse : remettez-lui son lien vous-même.")
    return back(request, campaign)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def partner_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """A page that says what stops, then does it."""
    found = own_consultation(request, campaign, lock=request.method == "POST")
    partner = get_object_or_404(partners_of(found), pk=number)
    if why := refusal(found):
        messages.warning(request, why)
        return back(request, campaign)
    if request.method == "POST":
        if remove(found, partner):
            messages.success(request, f"{partner.name} n’est plus dans la liste. Son lien ne marche plus.")
        else:
            said = "a déjà répondu et reste nommé dans la liste. Son ancien lien ne marche plus."
            messages.warning(request, f"{partner.name} {said}")
        return back(request, campaign)
    return render(request, "consultations/prefecture/partner_remove.html", {"consultation": found, "partner": partner})
