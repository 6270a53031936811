"""A cookie that says which people have logged in with this browser, for a year and signed by us.

Two things lean on it: attempts on somebody's address from elsewhere never slow down their own browser, and text that
was typed when a session ended is shown again only to the person who typed it.
"""

import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from assises.accounts.models import User

LAST_PERSON_COOKIE = "__Host-navigateur" if settings.OVER_HTTPS else "navigateur"
SALT = "assises.known_browser"
LASTS_SECONDS = 365 * 24 * 3600
MOST_PEOPLE = 5


class KnownBrowserMiddleware:
    """Writes the cookie on the response of the request in which somebody proved who they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person = getattr(request, "proved_person", None)
        if person is not None:
            remember(response, people_of(request), person)
        return response


@receiver(user_logged_in)
@receiver(password_reset)
def note(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    """A login proves who somebody is, and so does a new password set through their mailbox."""
    if request is not None:
        request.proved_person = user


def remember(response: HttpResponse, people: list[list[str]], person: User) -> None:
    others = [entry for entry in people if entry[0] != str(person.pk)]
    mine = next((entry for entry in people if entry[0] == str(person.pk)), [str(person.pk), secrets.token_urlsafe(9)])
    response.set_cookie(
        LAST_PERSON_COOKIE,
        signing.dumps([mine, *others][:MOST_PEOPLE], salt=SALT),
        max_age=LASTS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def people_of(request: HttpRequest) -> list[list[str]]:
    """(person, number of this browser for them), the last one first; nothing when the cookie is absent or not ours."""
    try:
        return signing.loads(request.COOKIES.get(LAST_PERSON_COOKIE, ""), salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return []


def last_person(request: HttpRequest) -> str | None:
    return next((person for person, _ in people_of(request)), None)


def number_for(request: HttpRequest, email: str) -> str:
    """This browser's number for the owner of an address; nothing when they never logged in here."""
    numbers = dict(people_of(request))
    if not numbers:
        return ""
    person = User.objects.filter(email=email.strip().lower(), pk__in=numbers).values_list("pk", flat=True).first()
    return numbers.get(str(person), "")
