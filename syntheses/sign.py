"""Acts that engage the prefecture ask again who is there: the second factor, or the password where there is none."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """Called by a view once it knows what is to be signed. The question comes before the page that says what will
    happen, and comes back to it: a form that waited for an answer would be replayed without passing the gate.
    """
    if has_just_signed(request):
        return None
    if request.method == "POST":
        messages.info(request, "Cinq minutes ont passé\u00a0: confirmez que c’est vous, puis recommencez.")
    return redirect(f"{way(request)['url']}?{urlencode({'next': request.path})}")


def has_just_signed(request: HttpRequest) -> bool:
    """Asked again, not merely logged in: and with the second factor when the person has one."""
    wanted = "mfa" if has_second_factor(request) else "password"
    earliest = timezone.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(
        record.get("reauthenticated") and record.get("method") == wanted and record.get("at", 0) > earliest
        for record in get_authentication_records(request, request.user)
    )


def has_second_factor(request: HttpRequest) -> bool:
    return Authenticator.objects.filter(user=request.user, type__in=SECOND_FACTORS).exists()


def way(request: HttpRequest) -> dict[str, str]:
    """Where the question is asked: the second factor first."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    return min(ways, key=lambda one: not one["id"].startswith("mfa"))
