"""A session or a form that expires while somebody writes must not cost them their text.

What was posted is kept in a fresh session; after login a page shows it and sends it on. It is shown only to the person
who was last logged in on this browser, for as long as a session lasts.
"""

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from assises.accounts.known_browser import last_person

KEPT = "typed_text"
MOST_KEPT = 10
SECRETS = {"password", "password1", "password2", "oldpassword", "code", "credential"}
SENT_AGAIN = "texte-repris"
NEVER_KEPT = SECRETS | {"csrfmiddlewaretoken", SENT_AGAIN}
FOUND = 302


@dataclass(frozen=True)
class TypedText:
    """One form as it was posted: where to, its fields in order, by whom, when; files cannot be kept."""

    path: str
    fields: list[list[str]]
    had_files: bool
    person: str
    at: float

    @property
    def number(self) -> str:
        return str(round(self.at * 1000))

    @property
    def texts(self) -> list[str]:
        """What a person recognises as theirs."""
        return [value for _, value in self.fields if value.strip()]


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """To the login page and back; a posted form is kept meanwhile."""
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    text = typed(request)
    if text is None:
        return redirect_to_login("/")
    if keep(request):
        return redirect_to_login(reverse("typed_text"))
    return give_back(request, text)


def give_back(request: HttpRequest, text: TypedText) -> HttpResponse:
    """Show what this very request brought, with a button that sends it again: nothing is stored."""
    context = {"texts": [text], "just_posted": True, "logged_in": request.user.is_authenticated}
    return render(request, "accounts/public/typed_text.html", context, status=403)


def typed(request: HttpRequest) -> TypedText | None:
    """What the request brought, if it holds any text and can safely be sent to the same address again."""
    fields = [[name, value] for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values]
    path = request.get_full_path()
    is_safe = url_has_allowed_host_and_scheme(path, allowed_hosts=None) and path.startswith("/")
    if not any(value.strip() for _, value in fields) or not is_safe or request.method != "POST":
        return None
    person = str(request.user.pk) if request.user.is_authenticated else last_person(request) or ""
    return TypedText(path=path, fields=fields, had_files=bool(request.FILES), person=person, at=time.time())


def has_secrets(request: HttpRequest) -> bool:
    return not SECRETS.isdisjoint(request.POST)


def keep(request: HttpRequest) -> bool:
    """Put the posted text aside; False when there is none, or nobody was logged in here before."""
    text = typed(request)
    if text is None or not text.person:
        return False
    request.session[KEPT] = [*request.session.get(KEPT, []), asdict(text)][-MOST_KEPT:]
    return True


def kept_for(request: HttpRequest) -> list[TypedText]:
    """What was kept of this person's, and recently; the last one first."""
    texts = [TypedText(**kept) for kept in request.session.get(KEPT, [])]
    return [text for text in reversed(texts) if _belongs_to(text, request.user)]


def _belongs_to(text: TypedText, user: Any) -> bool:
    return text.person == str(user.pk) and time.time() - text.at < settings.SESSION_COOKIE_AGE


def forget(request: HttpRequest, number: str) -> None:
    """Drop one, at its author's wish or because it has been sent on."""
    left = [kept for kept in request.session.get(KEPT, []) if TypedText(**kept).number != number]
    request.session[KEPT] = left


def forget_sent(request: HttpRequest, response: HttpResponse) -> None:
    """A text that was sent again and taken (the view redirects) needs no keeping; a form shown again does."""
    if request.method != "POST" or response.status_code != FOUND or not request.user.is_authenticated:
        return
    if KEPT in request.session and SENT_AGAIN in request.POST:
        forget(request, request.POST[SENT_AGAIN])
