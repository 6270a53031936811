"""From an idea or an echo to its passages, from a passage to the whole text: two clicks at most."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.models import Consultation
from contributions.models import Statement
from syntheses.crosstabs import guarded
from syntheses.models import Decision, Echo, Grouping, Idea, Reading
from syntheses.showing.history import history_of
from syntheses.showing.ideas import ideas_shown
from syntheses.showing.numbers import titles_of
from syntheses.showing.passages import readings_of, shown
from syntheses.showing.words import audience_label, channel_label, source_of
from syntheses.views.reading.own import base, own, page_of

LONGEST_NUMBER = 10


def own_idea(consultation: Consultation, key: str) -> Idea:
    """One that a person has just made is there before a run has counted it, and while a run goes on."""
    found = Idea.objects.of(consultation).filter(key=key).first()
    if found:
        return found
    made: Grouping = get_object_or_404(Grouping.objects.of(consultation), key=key)
    return Idea(
        prefecture_id=made.prefecture_id, consultation=consultation, key=made.key, theme_key=made.theme_key,
        kind=made.kind, position=0, label=made.label, contributions=0, passages=0, without_echoes=0, sure=100,
        by_person=True,
    )  # fmt: skip


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_idea(request: HttpRequest, campaign: str, key: str) -> HttpResponse:
    consultation = own(request, campaign)
    idea = own_idea(consultation, key)
    titles = titles_of(consultation)
    page = page_of(request, readings_of(consultation).filter(idea_key=idea.key).order_by("pk"))
    context = base(
        request,
        consultation,
        shown=ideas_shown(consultation, [idea])[0],
        audiences=guarded(named(idea.of.get("audience", {}), audience_label)),
        places=guarded(named(idea.of.get("place", {}), place_names(consultation))),
        theme_title=titles.get(idea.theme_key, ""),
        titles=titles,
        page=page,
        passages=shown(consultation, page.object_list, titles),
    )
    return render(request, "syntheses/prefecture/reading_idea.html", context)


def named(counts: dict[str, int], label: Any) -> list[tuple[str, int]]:
    pairs = [(label(key) if callable(label) else label.get(key, key), number) for key, number in counts.items()]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def place_names(consultation: Consultation) -> dict[str, str]:
    places = apps.get_model("accounts", "Arrondissement").objects.filter(prefecture=consultation.prefecture_id)
    return dict(places.values_list("code", "name"))


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_echoes(request: HttpRequest, campaign: str) -> HttpResponse:
    """Every text that came again, the most often first."""
    consultation = own(request, campaign)
    page = page_of(request, Echo.objects.of(consultation).order_by("-contributions", "key"))
    echoes = list(page.object_list)
    rows = readings_of(consultation).filter(echo_key__in=[one.key for one in echoes])
    first = {one.echo_key: one for one in rows.order_by("echo_key", "-pk").distinct("echo_key")}
    lines = [
        {
            "echo": one,
            "text": words_of(first.get(one.key)),
            "channels": ", ".join(f"{channel_label(key)}\u00a0: {n}" for key, n in one.of.get("channel", {}).items()),
        }
        for one in echoes
    ]
    return render(
        request, "syntheses/prefecture/reading_echoes.html", base(request, consultation, page=page, lines=lines)
    )


def words_of(reading: Reading | None) -> str:
    return reading.statement.text[reading.start : reading.end] if reading else ""


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_echo(request: HttpRequest, campaign: str, key: str) -> HttpResponse:
    """Size, spread over time, channels and audiences, and each of its texts."""
    consultation = own(request, campaign)
    echo = get_object_or_404(Echo.objects.of(consultation), key=key)
    titles = titles_of(consultation)
    page = page_of(request, readings_of(consultation).filter(echo_key=echo.key).order_by("pk"))
    context = base(
        request,
        consultation,
        echo=echo,
        channels=named(echo.of.get("channel", {}), channel_label),
        audiences=guarded(named(echo.of.get("audience", {}), audience_label)),
        titles=titles,
        page=page,
        passages=shown(consultation, page.object_list, titles),
    )
    return render(request, "syntheses/prefecture/reading_echo.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def reading_statement(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """The whole text, each of its passages, what the machine proposed and what people decided."""
    consultation = own(request, campaign)
    rows = Statement.objects.for_prefecture(request.prefecture).filter(contribution__consultation=consultation)
    statement = get_object_or_404(rows.select_related("contribution"), pk=number)
    titles = titles_of(consultation)
    passages = shown(consultation, readings_of(consultation).filter(statement=statement).order_by("start"), titles)
    decisions = decisions_on(statement)
    context = base(
        request,
        consultation,
        statement=statement,
        source=source_of(statement.contribution, consultation.prefecture.zone),
        asked=titles.get(statement.theme_key, ""),
        pieces=pieces_of(statement.text, passages),
        passages=[
            {
                "shown": one,
                "title": f"Passage {number}" if len(passages) > 1 else "Comment il est lu",
                "decisions": decisions.get(one.reading.start, []),
            }
            for number, one in enumerate(passages, 1)
        ],
        history=history_of(statement, titles),
        titles=titles,
        wanted=wanted_passage(request),
    )
    return render(request, "syntheses/prefecture/reading_statement.html", context)


def wanted_passage(request: HttpRequest) -> int:
    asked = request.GET.get("passage", "")
    return int(asked) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else -1


def pieces_of(text: str, passages: list[Any]) -> list[tuple[str, int | None]]:
    """The text cut where its passages begin and end: nothing of it is missing, and `None` is what lies between."""
    pieces: list[tuple[str, int | None]] = []
    at = 0
    for one in passages:
        start, end = max(one.reading.start, at), min(one.reading.end, len(text))
        if start > at:
            pieces.append((text[at:start], None))
        if end > start:
            pieces.append((text[start:end], one.reading.start))
            at = end
    if at < len(text):
        pieces.append((text[at:], None))
    return pieces


def decisions_on(statement: Statement) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    rows = Decision.objects.for_prefecture(statement.prefecture_id).filter(statement=statement)
    for one in rows.select_related("by", "grouping").order_by("pk"):
        found.setdefault(one.start, []).append(one)
    return found
