"""Was it easy? Asked after the sending, stored apart, of nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assises.access import public
from assises.kept_words import keeps_words
from contributions.forms_journey import FeedbackForm
from contributions.models import Feedback
from contributions.views.asking import page, published_version


@keeps_words
@public
@csrf_exempt  # no session to abuse, and nobody's answer to forge
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest, campaign: str) -> HttpResponse:
    """One question and a few lines."""
    version = published_version(request, campaign)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = Feedback(
            prefecture=request.prefecture,
            consultation=version.consultation,
            given_on=version.moment.astimezone(request.prefecture.zone).date(),
            **form.cleaned_data,
        )
        Feedback.objects.bulk_create([said], ignore_conflicts=True)  # without RETURNING: visitors read none of it
        return redirect(f"{request.path}?merci=1")
    context = page(version, form=form, is_given="merci" in request.GET)
    return render(request, "contributions/public/give_feedback.html", context)
