"""What somebody had written stays in the page that says that the site is down, ready to be sent again.

Only for views that say so: a password, or a form of the team's, is never given back.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve

View = Callable[..., Any]
UNREADABLE = (UnreadablePostError, RequestDataTooBig, TooManyFieldsSent, MultiPartParserError)


def keeps_words(view: View) -> View:
    """Declares that the fields of this view's form are the visitor's own words and choices."""
    view.keeps_words = True  # type: ignore[attr-defined]
    return view


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of the form that could not be received; none for pages that were only asked for."""
    if request.method != "POST":
        return []
    try:
        view = resolve(request.path_info).func
        if not getattr(view, "keeps_words", False):
            return []
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except (Resolver404, *UNREADABLE):
        return []


def texts_in(fields: list[tuple[str, str]]) -> list[str]:
    """What was written by hand: choices are single words."""
    return [value for _, value in fields if " " in value.strip()]
