"""Error pages. None of them uses a context: what an outsider gets is byte for byte what an unknown page gives,
headers included. Only the words of whoever was writing are given back."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from assises.kept_words import fields_of, texts_in

RETRY_AFTER_SECONDS = "10"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too large, mostly, or cut on its way."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    headers = {"Cache-Control": "no-store, private", "Vary": "Cookie"}
    return HttpResponse(render_to_string("404.html"), status=404, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the reason is a database that does not answer."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    fields = fields_of(request)
    kept = {"fields": fields, "texts": texts_in(fields), "address": request.get_full_path()} if fields else {}
    page = render_to_string("503.html", kept)
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS})
