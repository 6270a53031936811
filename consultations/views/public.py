"""Around a consultation, for anyone: follow it, read its documents, come by a short link. No account, no cookie."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import public
from consultations.around import follow as following
from consultations.around import short
from consultations.around.announce import said
from consultations.around.download import as_file
from consultations.forms.around import FollowForm
from consultations.models import Attachment, Consultation

GET_AND_POST = ["GET", "HEAD", "POST"]
FOLLOWS = {"follow": "30/10m/key,200/d/key"}  # a whole town hall may stand behind one address
TOO_MANY, GONE = 429, 410
IN_FEED = 50


def published(request: HttpRequest, campaign: str) -> Consultation:
    """What was published once, withdrawn or not."""
    rows = Consultation.objects.for_prefecture(request.prefecture).published().select_related("campaign")
    found = get_object_or_404(rows, campaign__slug=campaign)
    found.prefecture = request.prefecture
    return found


def sender(request: HttpRequest) -> str:
    """Where it comes from, as a mark that nobody can read back and that changes every day."""
    address = str(get_adapter().get_client_ip(request))
    return salted_hmac(f"follow:{timezone.localdate()}", address, algorithm="sha256").hexdigest()


def show(request: HttpRequest, template: str, consultation: Consultation, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {"consultation": consultation, "campaign": consultation.campaign, **more}
    context["exercise"] = consultation.campaign.title
    return render(request, f"consultations/public/{template}.html", context, status=status)


@public
@csrf_exempt  # no session to abuse; without a token the page can stay open for days and still be sent
@require_http_methods(GET_AND_POST)
def follow(request: HttpRequest, campaign: str) -> HttpResponse:
    """An address asks for the announcements; the page says the same whether it follows already or not."""
    found = published(request, campaign)
    form = FollowForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "follow", found, form=form)
    if not ratelimit.consume(request, app="assises", action="follow", key=sender(request), config=FOLLOWS):
        return show(request, "follow", found, form=form, too_many=True, status=TOO_MANY)
    following.ask(found, form.cleaned_data["mail"])
    return show(request, "follow", found, mail=form.cleaned_data["mail"])


@public
@csrf_exempt  # the key in the address is the proof
@require_http_methods(GET_AND_POST)
def follow_confirm(request: HttpRequest, campaign: str, key: str) -> HttpResponse:
    """A button, since mail servers open links on their own to look at them."""
    found = published(request, campaign)
    if following.held(found, key) is None:
        return show(request, "follow_confirm", found, is_gone=True, status=GONE)
    if request.method == "POST":
        following.confirm(found, key)
    return show(request, "follow_confirm", found, key=key, is_done=request.method == "POST")


@public
@csrf_exempt  # the key in the address is the proof; mail programs post here in one click
@require_http_methods(GET_AND_POST)
def unfollow(request: HttpRequest, campaign: str, key: str) -> HttpResponse:
    """One click, and the address is gone; a link that has served says the same."""
    found = published(request, campaign)
    follower = following.held(found, key)
    if request.method == "POST":
        following.leave(found, key)
        follower = None
    return show(request, "unfollow", found, key=key, follower=follower)


@public
@require_safe
def consultation_feed(request: HttpRequest, campaign: str) -> HttpResponse:
    """The announcements, for a news reader."""
    found = published(request, campaign)
    entries = list(said(found)[:IN_FEED])
    context = {
        "consultation": found,
        "entries": entries,
        "base_url": settings.BASE_URL,
        "updated": max((entry.said_at for entry in entries), default=found.published_at),
    }
    return render(request, "consultations/public/feed.xml", context, content_type="application/atom+xml")


@public
@require_safe
def attachment(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = published(request, campaign)
    mine = Attachment.objects.for_prefecture(request.prefecture).filter(consultation=found)
    return as_file(get_object_or_404(mine, pk=number))


@public
@require_safe
def short_link(request: HttpRequest, name: str) -> HttpResponse:
    """To the page that counts the visit; never kept by a browser, so that it is counted again."""
    link = short.find(name)
    if link is None:
        raise Http404
    response = redirect(short.target_of(link))
    response["Cache-Control"] = "no-store"
    return response
