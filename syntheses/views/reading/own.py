"""What these pages have in common: the tenant's row, pages of lists, and the way back to where one was."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from consultations.models import Consultation

CODERS = ("agent", "editor")
GET_AND_POST = ["GET", "HEAD", "POST"]
PASSAGES_A_PAGE = 20


def own(request: HttpRequest, campaign: str) -> Consultation:
    """A draft has no reading."""
    rows = Consultation.objects.for_prefecture(request.prefecture).exclude(published_at=None)
    return get_object_or_404(rows.select_related("campaign", "prefecture"), campaign__slug=campaign)


def may_code(request: HttpRequest) -> bool:
    return bool(request.roles & set(CODERS))


def base(request: HttpRequest, consultation: Consultation, **more: Any) -> dict[str, Any]:
    """What every page here is given."""
    return {
        "consultation": consultation,
        "campaign": consultation.campaign,
        "may_code": may_code(request),
        "here": request.get_full_path(),
        **more,
    }


def page_of(request: HttpRequest, rows: Any, size: int = PASSAGES_A_PAGE) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def address(request: HttpRequest, name: str, campaign: str, *rest: Any) -> str:
    return reverse(name, args=[request.prefecture.slug, campaign, *rest])


def way_back(request: HttpRequest, campaign: str) -> HttpResponse:
    """The page on which the button was, if it is one of these."""
    section = address(request, "reading", campaign)
    wanted = request.POST.get("retour", "")
    return redirect(wanted if wanted.startswith(section) and "\\" not in wanted else section)
