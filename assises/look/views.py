from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assises.access import anyone, signed_in
from assises.look import examples


@(anyone if settings.DEMO else signed_in)
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content."""
    return render(request, "look/components.html", examples.everything(request))
