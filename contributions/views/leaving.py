"""Leave and come back, here or elsewhere: the draft's address to copy, or sent once by mail."""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import public
from contributions import drafts
from contributions.forms_journey import DraftMailForm
from contributions.limits import sender_of
from contributions.mail_draft import mail_draft
from contributions.models import Draft
from contributions.views.answering import neighbour, no_draft, not_open
from contributions.views.asking import later_address, page, published_version

GET_AND_POST = ["GET", "HEAD", "POST"]
MAILS = {"draft-mail": "30/10m/key,200/d/key"}  # a whole town hall may stand behind one address
TOO_MANY = 429


@public
@csrf_exempt  # whoever has the draft's address may write in it; no session to abuse
@never_cache
@require_http_methods(GET_AND_POST)
def leave_answers(request: HttpRequest, campaign: str, draft: str) -> HttpResponse:
    """« Finir plus tard »."""
    version = published_version(request, campaign)
    if not drafts.is_key(draft):
        raise Http404
    if not version.consultation.is_open_at(version.moment):
        return not_open(request, version, draft)
    if drafts.find(version.consultation, draft) is None:
        return no_draft(request, version, draft)
    form = DraftMailForm(request.POST or None)
    address = settings.BASE_URL + reverse("resume_answers", args=[request.prefecture.slug, campaign, draft])
    facts: dict[str, Any] = {"address": address, "form": form, "key": draft}
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(
            request, app="assises", action="draft-mail", key=sender_of(request).name, config=MAILS
        ):
            return show(request, version, facts | {"too_many": True}, status=TOO_MANY)
        mail_draft(version.consultation, address, to=form.cleaned_data["mail"])
        return redirect(f"{later_address(version, draft)}?envoye=1")
    return show(request, version, facts | {"is_sent": "envoye" in request.GET})


def show(request: HttpRequest, version: Any, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "contributions/public/leave_answers.html", page(version, **facts), status=status)


@public
@never_cache
@require_safe
def resume_answers(request: HttpRequest, campaign: str, draft: str) -> HttpResponse:
    """To the first page that is not done yet."""
    version = published_version(request, campaign)
    if not drafts.is_key(draft):
        raise Http404
    kept: Draft | None = drafts.find(version.consultation, draft)
    if not version.consultation.is_open_at(version.moment):
        return not_open(request, version, draft)
    if kept is None:
        return no_draft(request, version, draft)
    return redirect(neighbour(version, kept, draft, kept.furthest, 1))
