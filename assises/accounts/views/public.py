"""Pages without an account, and each person's own."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import anyone, signed_in
from assises.accounts import typed_text as texts
from assises.accounts.accept import OPEN, Offer, PersonExistsError, accept, find_offer, make_person
from assises.accounts.forms import NewPersonForm
from assises.accounts.models import Membership
from assises.own_origin import is_ours
from assises.workflow import IllegalMoveError

GONE, NOT_FOUND = 410, 404


@signed_in
@require_safe
def home_of_person(request: HttpRequest) -> HttpResponse:
    """Straight to work when there is one place to work in."""
    if texts.kept_for(request):
        return redirect("typed_text")
    mine = Membership.objects.filter(user=request.user).select_related("prefecture").order_by("prefecture__name")
    places = [{"membership": membership, "url": home_of(membership)} for membership in mine]
    if len(places) == 1:
        return redirect(places[0]["url"])
    return render(request, "accounts/public/home_of_person.html", {"places": places})


def home_of(membership: Membership) -> str:
    return membership.prefecture.get_absolute_url() if membership.prefecture else reverse("ministry_home")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def typed_text(request: HttpRequest) -> HttpResponse:
    """What was kept when a session ended: each text can be sent on, to where it was going, or dropped."""
    if request.method == "POST":
        texts.forget(request, request.POST.get("drop", ""))
        messages.success(request, "Ce texte est effacé.")
        return redirect("home_of_person")
    return render(request, "accounts/public/typed_text.html", {"texts": texts.kept_for(request), "logged_in": True})


@anyone
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, link: str) -> HttpResponse:
    """Reading the link changes nothing; the button takes the invitation up."""
    offer = find_offer(link)
    if offer is None:
        return render(request, "accounts/public/invitation_unknown.html", status=NOT_FOUND)
    context = {"invitation": offer.invitation, "state": offer.state, "link": link, "person": offer.person}
    if offer.state != OPEN:
        return render(request, "accounts/public/invitation_closed.html", context, status=GONE)
    if offer.person is None and not request.user.is_authenticated:
        return join_as_new(request, offer, context)
    if request.method == "POST" and request.user == offer.person:
        return join(request, offer)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    return render(request, "accounts/public/invitation.html", context)


def join_as_new(request: HttpRequest, offer: Offer, context: dict[str, Any]) -> HttpResponse:
    form = NewPersonForm(request.POST or None, email=offer.invitation.email)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/public/invitation.html", {**context, "form": form})
    facts = form.cleaned_data
    try:
        person = make_person(offer.invitation, full_name=facts["full_name"], password=facts["password"])
    except PersonExistsError:
        return redirect(request.path)
    membership = accept(offer.invitation, person=person)
    record_authentication(request, person, method="password", email=person.email)
    return perform_login(request, person, email_verification="none", redirect_url=home_of(membership))


def join(request: HttpRequest, offer: Offer) -> HttpResponse:
    try:
        membership = accept(offer.invitation, person=request.user)
    except IllegalMoveError:  # the same button pressed twice
        return redirect("home_of_person")
    messages.success(request, "Vous faites maintenant partie de l’équipe.")
    return redirect(home_of(membership))


@signed_in
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """allauth lets anybody remove their last key: not where a second factor is required."""
    key = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    adapter = get_second_factor_adapter()
    if not adapter.can_delete_authenticator(key):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is too old, or missing. From our own pages nothing is lost; from elsewhere nothing is shown."""
    if not is_ours(request):
        return render(request, "403_csrf.html", status=403)
    if texts.has_secrets(request):
        messages.warning(request, "Cette page était restée ouverte trop longtemps. Recommencez : rien n’a été envoyé.")
        return redirect(request.get_full_path())
    text = texts.typed(request)
    if text is None:
        return render(request, "403_csrf.html", status=403)
    return texts.give_back(request, text)
