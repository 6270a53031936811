"""The public register of a consultation: a page that explains it, and the file that anyone can keep and check."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from assises.access import public
from consultations.models import Consultation
from contributions.log import export, keys
from contributions.log.export import checkpoints_of
from contributions.models import Checkpoint, Leaf, LogEntry

LATEST = 12
NOT_MODIFIED = 304


def published(request: HttpRequest, campaign: str) -> Consultation:
    rows = Consultation.objects.for_prefecture(request.prefecture).published().select_related("campaign")
    found = get_object_or_404(rows, campaign__slug=campaign)
    found.prefecture = request.prefecture
    return found


@public
@require_safe
def register(request: HttpRequest, campaign: str) -> HttpResponse:
    """In five sentences; then who wants to know more finds it."""
    found = published(request, campaign)
    checkpoints = checkpoints_of(found)
    last = checkpoints.last()
    context = {
        "consultation": found,
        "campaign": found.campaign,
        "exercise": found.campaign.title,
        "last": last,
        "latest": list(checkpoints.reverse()[:LATEST]),
        "closing": checkpoints.filter(closing_at=found.closes_at).first(),
        "number": checkpoints.count(),
        "facts": facts_of(found),
        "public_key": keys.public_key().hex(),
    }
    return render(request, "contributions/public/register.html", context)


def facts_of(consultation: Consultation) -> list[tuple[str, int]]:
    """What its lines say, by kind."""
    placed = Leaf.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    numbers = dict(placed.order_by().values_list("entry__event").annotate(number=Count("pk")))
    labels = (
        (LogEntry.Event.RECEIVED, "Reçues"),
        (LogEntry.Event.REPLACED, "Corrigées ensuite"),
        (LogEntry.Event.WITHDRAWN, "Retirées"),
        (LogEntry.Event.LATE, "Saisies après la clôture"),
    )
    return [(label, numbers.get(str(event), 0)) for event, label in labels]


@public
@cache_control(public=True, max_age=30)
@require_safe
def register_json(request: HttpRequest, campaign: str) -> HttpResponse:
    """The whole register; `?depuis=N` adds the proof that it prolongs the one of N lines."""
    found = published(request, campaign)
    last = checkpoints_of(found).last()
    since = size_asked(request, last)
    etag = quote_etag(f"{last.pk if last else 0}-{since or 0}")
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponse(status=NOT_MODIFIED)
    else:
        response = JsonResponse(export.register_of(found, since), json_dumps_params={"ensure_ascii": False})
    response.headers["ETag"] = etag
    return response


def size_asked(request: HttpRequest, last: Checkpoint | None) -> int | None:
    """A size that was signed or not, between one line and all of them."""
    asked: Any = request.GET.get("depuis", "")
    if not asked:
        return None
    if not asked.isdecimal() or last is None or not 0 < int(asked[:12]) <= last.size:
        raise Http404
    return int(asked)
