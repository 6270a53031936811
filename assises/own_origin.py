"""Gives back what `Referrer-Policy: no-referrer` takes: with it, browsers post our own forms with `Origin: null`.

Django would refuse them all. A browser of the last years says in `Sec-Fetch-Site` where the form came from, and no page
can forge it; an older one says nothing, and the token in the form decides alone, as it does in any case.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HIDDEN = {"", "null"}


class OwnOriginMiddleware:
    """Before Django's own check: names our origin where the browser hides it and nothing says that it is another's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_ORIGIN", "") in HIDDEN and not comes_from_elsewhere(request):
            request.META["HTTP_ORIGIN"] = own_origin(request)
        return self.get_response(request)


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """What the browser itself says; « none » is a person at the address bar."""
    return request.META.get("HTTP_SEC_FETCH_SITE", "none") not in {"same-origin", "none"}


def own_origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def is_ours(request: HttpRequest) -> bool:
    """The form was on a page of this portal, as far as a browser tells."""
    return request.META.get("HTTP_ORIGIN") == own_origin(request) and not comes_from_elsewhere(request)
