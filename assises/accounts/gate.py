"""The one place where a request meets its rights: reads the view's declaration, authorises, tells the database.

Outsiders get the 404 of an unknown page. Rights are read at each request: one that was removed bites on the next.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assises.access import Access, access_of
from assises.accounts.kept import kept
from assises.accounts.models import Delegation, Membership, Prefecture, Role
from assises.accounts.typed_text import ask_to_log_in, forget_sent, keep
from assises.tenancy.context import Scope, set_scope

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class GateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access, request.prefecture, request.membership, request.roles = None, None, None, frozenset()
        response = self.get_response(request)
        forget_sent(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is None:
            raise ImproperlyConfigured(f"{request.resolver_match.view_name} declares no access: see assises/access.py")
        request.access = access
        if request.path_info.startswith(settings.PATHS_WITHOUT_DATABASE):
            return None
        holder = getattr(view, "holder", None)
        request.prefecture = kept(kwargs.pop("departement")) if holder else named_prefecture(kwargs)
        if not access.needs_account:
            if access.audience:
                held = holder(kwargs) if holder else ""
                set_scope(Scope(access.audience, code_of(request.prefecture), holder=held))
            return None
        return admit(request, access)


def named_prefecture(kwargs: dict[str, Any]) -> Prefecture | None:
    """The tenant comes from the URL, and only from there: views find it as `request.prefecture`."""
    slug = kwargs.pop("departement", None)
    if slug is None:
        return None
    found = Prefecture.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def code_of(prefecture: Prefecture | None) -> str:
    return prefecture.code if prefecture else ""


def admit(request: HttpRequest, access: Access) -> HttpResponse | None:
    """Let in, ask to log in, ask for a second factor, refuse kindly (403) or know nothing (404)."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    person = str(request.user.pk)
    set_scope(Scope(person=person))
    if not access.audience:
        return None
    membership = membership_of(request)
    if membership is None:
        raise Http404
    if settings.SECOND_FACTOR_REQUIRED and not membership.has_second_factor:
        keep(request)
        return redirect("mfa_index")
    set_scope(Scope(access.audience, code_of(request.prefecture), person))
    request.membership = membership
    request.roles = roles_of(membership, request.prefecture)
    return None if access.roles & request.roles else wrong_role(request, access.roles)


def wrong_role(request: HttpRequest, needed: frozenset[str]) -> HttpResponse:
    """One of the team, in another role: say who can, and whom to ask."""
    labels = [role.label for role in Role if role in needed]
    return render(request, "accounts/wrong_role.html", {"needed": labels, "kept": keep(request)}, status=403)


def membership_of(request: HttpRequest) -> Membership | None:
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    mine = Membership.objects.for_prefecture(request.prefecture).filter(user=request.user)
    return mine.annotate(has_second_factor=Exists(factors)).first()


def roles_of(membership: Membership, prefecture: Prefecture | None) -> frozenset[str]:
    """One's own role, and the prefect's while a delegation is in force there today."""
    roles = {membership.role}
    if prefecture and membership.role != Role.PREFECT:
        given = Delegation.objects.for_prefecture(prefecture).filter(given_to=membership)
        if given.in_force_on(prefecture.today()).exists():
            roles.add(Role.PREFECT)
    return frozenset(roles)
