"""What was said, as a whole and theme by theme."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.models import Consultation
from contributions.models import Statement
from syntheses.models import Echo, Idea, Tally
from syntheses.showing.ideas import ideas_shown
from syntheses.showing.numbers import Numbers, ThemeNumbers, numbers_of
from syntheses.showing.running import running_of
from syntheses.views.reading.own import address, base, own, page_of

FIRST_IDEAS = 3
IDEAS_A_PAGE = 10
FIRST_ECHOES = 3
KINDS = {"constats": Statement.Kind.FINDING, "propositions": Statement.Kind.PROPOSAL}
PILES = {"constats": "Constats regroupés", "propositions": "Propositions regroupées"}


@prefecture(*PREFECTURE_ROLES)
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """One line a concertation, the latest first; a single one opens at once."""
    rows = Consultation.objects.for_prefecture(request.prefecture).exclude(published_at=None)
    found = list(rows.select_related("campaign").order_by("-campaign__opens_on"))
    if len(found) == 1:
        return redirect("reading", request.prefecture.slug, found[0].campaign.slug)
    counts = Tally.objects.for_prefecture(request.prefecture).filter(about=Tally.About.READING, other="")
    numbers = {(consultation, key): n for consultation, key, n in counts.values_list("consultation", "key", "number")}
    lines = [
        {
            "consultation": one,
            "passages": numbers.get((one.pk, "passages"), 0),
            "unsure": numbers.get((one.pk, "unsure"), 0),
        }
        for one in found
    ]
    return render(request, "syntheses/prefecture/readings.html", {"lines": lines})


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading(request: HttpRequest, campaign: str) -> HttpResponse:
    """Received, read, unsure; each theme with what is said most; texts that came again."""
    consultation = own(request, campaign)
    numbers = numbers_of(consultation)
    echoes = list(Echo.objects.of(consultation)[:FIRST_ECHOES])
    first = first_labels(consultation)
    context = base(
        request,
        consultation,
        numbers=numbers,
        running=running_of(consultation),
        received=received(request, campaign, numbers),
        unsure=numbers.one(Tally.About.READING, "unsure"),
        decided=numbers.one(Tally.About.READING, "decided"),
        themes=[{"theme": theme, "labels": first.get(theme.key, [])} for theme in numbers.themes],
        echoes=echoes,
    )
    return render(request, "syntheses/prefecture/reading.html", context)


def received(request: HttpRequest, campaign: str, numbers: Numbers) -> list[dict[str, Any]]:
    """Received = counted + corrected + withdrawn; passages are another unit and never added."""
    state = Tally.About.STATE
    figures = [
        {"label": "contributions reçues", "number": numbers.one(state, "received")},
        {"label": "comptabilisées", "number": numbers.one(state, "counted")},
        {"label": "corrigées par leur auteur", "number": numbers.one(state, "replaced")},
        {"label": "retirées par leur auteur", "number": numbers.one(state, "withdrawn")},
        {
            "label": "passages lus",
            "number": numbers.passages,
            "url": address(request, "reading_search", campaign),
        },
    ]
    return [one for one in figures if one["number"] or one["label"] in ALWAYS]


ALWAYS = {"contributions reçues", "comptabilisées", "passages lus"}


def first_labels(consultation: Consultation) -> dict[str, list[Idea]]:
    """What is said most in each theme: one of each nature."""
    found: dict[str, list[Idea]] = {}
    for idea in Idea.objects.of(consultation).filter(position=1).order_by("kind"):
        found.setdefault(idea.theme_key, []).append(idea)
    return found


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_theme(request: HttpRequest, campaign: str, theme: str) -> HttpResponse:
    """The ideas of one theme, the most said first; `?liste=constats` shows all of one nature, page after page."""
    return show_theme(request, own(request, campaign), theme)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_off(request: HttpRequest, campaign: str) -> HttpResponse:
    """Off the subject, or in no theme: nothing of it is hidden."""
    return show_theme(request, own(request, campaign), "")


def show_theme(request: HttpRequest, consultation: Consultation, key: str) -> HttpResponse:
    numbers = numbers_of(consultation)
    if key and key not in numbers.titles:
        raise Http404
    wanted = request.GET.get("liste", "")
    piles = [
        pile_of(request, consultation, key, name, is_whole=wanted == name)
        for name in KINDS
        if wanted in {"", name} or wanted not in KINDS
    ]
    context = base(
        request,
        consultation,
        theme=numbers.theme(key),
        tabs=tabs(request, consultation.campaign.slug, numbers, key),
        piles=piles,
        wanted=wanted if wanted in KINDS else "",
    )
    return render(request, "syntheses/prefecture/reading_theme.html", context)


def pile_of(request: HttpRequest, consultation: Consultation, key: str, name: str, *, is_whole: bool) -> dict[str, Any]:
    rows = Idea.objects.of(consultation).filter(theme_key=key, kind=KINDS[name]).order_by("position", "key")
    page = page_of(request, rows, IDEAS_A_PAGE) if is_whole else None
    ideas = list(page.object_list) if page else list(rows[:FIRST_IDEAS])
    return {
        "name": name,
        "title": PILES[name],
        "ideas": ideas_shown(consultation, ideas),
        "number": page.paginator.count if page else rows.count(),
        "page": page,
    }


def tabs(request: HttpRequest, campaign: str, numbers: Numbers, key: str) -> list[dict[str, Any]]:
    return [
        {"label": one.title, "url": url_of(request, campaign, one), "current": one.key == key} for one in numbers.themes
    ]


def url_of(request: HttpRequest, campaign: str, theme: ThemeNumbers) -> str:
    if theme.key:
        return address(request, "reading_theme", campaign, theme.key)
    return address(request, "reading_off", campaign)
