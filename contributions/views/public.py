"""The page of one consultation: what it is about, until when, how; who speaks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assises.access import public
from consultations.models import Audience
from contributions import drafts
from contributions.questionnaire import minutes, speakers_of
from contributions.views.asking import begin, page, published_version, step_address

GET_AND_POST = ["GET", "HEAD", "POST"]


@public
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(GET_AND_POST)
def consultation(request: HttpRequest, campaign: str) -> HttpResponse:
    """What it is about, until when, how long it takes; who speaks."""
    version = published_version(request, campaign)
    is_open = version.consultation.is_open_at(version.moment)
    given = request.POST or request.GET
    speaker, key, error = request.POST.get("public", ""), given.get("brouillon", ""), ""
    if request.method == "POST" and is_open:
        if speaker in Audience.values:
            return redirect(step_address(version, begin(version, key, speaker), 1))
        error = "Choisissez la ligne qui vous convient le mieux."
    elif drafts.is_key(key) and (kept := drafts.find(version.consultation, key)):
        speaker = kept.audience
    context = page(
        version,
        key=key if drafts.is_key(key) else drafts.new_key(),
        speakers=speakers_of(version.consultation.campaign),
        speaker=speaker,
        minutes=minutes(version.content["steps"]),
        errors=[{"target": "public", "text": f"Vous répondez en tant que\u00a0: {error}"}] if error else [],
        error=error,
    )
    return render(request, "contributions/public/consultation.html", context)
