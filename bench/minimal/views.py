"""One page, made once, with the visitor's token put in; one form; one row."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect

from bench.minimal.forms import Questionnaire
from bench.minimal.models import Answer

TOKEN = "the-token"  # noqa: S105 (where it goes)


def answer(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = Questionnaire(request.POST)
        if not form.is_valid():
            return HttpResponse(form.as_div(), status=422)
        Answer.objects.create(said=form.cleaned_data)
        return redirect("/merci/")
    before, after = page()
    return HttpResponse(before + get_token(request) + after)


@cache
def page() -> tuple[str, str]:
    before, after = (
        '<!DOCTYPE html><html lang="fr"><head><title>Questionnaire</title></head><body><form method="post">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}">{Questionnaire().as_div()}'
        "<button>Envoyer</button></form></body></html>"
    ).split(TOKEN)
    return before, after


def thanks(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Merci.")
