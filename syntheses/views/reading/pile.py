"""The pile of what the machine is unsure of: read one, decide, the next one comes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assises.access import prefecture
from consultations.models import Consultation
from contributions.models import Statement
from syntheses.models import Decision, Reading
from syntheses.reading.agree import agreed
from syntheses.reading.decide import UndecidableError, decide_kind, decide_theme, undo
from syntheses.showing.history import value_of
from syntheses.showing.numbers import titles_of
from syntheses.showing.passages import chosen, shown
from syntheses.showing.pile import last_of, learned, next_in, read_skipped, themes_for
from syntheses.showing.running import running_of
from syntheses.views.reading.acts import tell_others
from syntheses.views.reading.own import CODERS, GET_AND_POST, base, own

OFF = "-"


@prefecture(*CODERS)
@require_http_methods(GET_AND_POST)
def reading_pile(request: HttpRequest, campaign: str) -> HttpResponse:
    consultation = own(request, campaign)
    after = request.POST.get("apres", "") or request.GET.get("apres", "")
    if request.method == "POST":
        decide_from(request, consultation)
        return redirect(pile_url(request, campaign, after))
    return render(request, "syntheses/prefecture/reading_pile.html", context_of(request, consultation, after))


def pile_url(request: HttpRequest, campaign: str, after: str) -> str:
    url = reverse("reading_pile", args=[request.prefecture.slug, campaign])
    return f"{url}?apres={after}" if read_skipped(after) else url


def context_of(request: HttpRequest, consultation: Consultation, after: str) -> dict[str, Any]:
    skipped = read_skipped(after)
    titles = titles_of(consultation)
    one = next_in(consultation, skipped)
    passage = shown(consultation, [one], titles)[0] if one else None
    last = last_of(consultation, request.user.pk)
    return base(
        request,
        consultation,
        passage=passage,
        themes=themes_for(one, titles) if one else [],
        kinds=Statement.Kind.choices,
        left=Reading.objects.of(consultation).unsure().count(),
        learned=learned(consultation),
        running=running_of(consultation),
        last=[value_of(decision, titles, "") for decision in last],
        after=after if skipped else "",
        skip=f"{one.teaches}-{one.pk}" if one else "",
    )


def decide_from(request: HttpRequest, consultation: Consultation) -> None:
    """A theme, sometimes with others, and the nature when it was another."""
    found = agreed(consultation, chosen(request.POST.getlist("p")[:1]))
    main = request.POST.get("theme", "")
    if not main:
        messages.error(request, "Choisissez un thème, ou « Hors sujet ».")
        return
    themes = [] if main == OFF else [main, *request.POST.getlist("aussi")]
    kind = request.POST.get("nature", "")
    try:
        if found.readings:
            if kind in Statement.Kind.values and kind != found.readings[0].kind:
                decide_kind(consultation, found.readings, kind, actor=request.user)
            decide_theme(consultation, found.readings, themes, actor=request.user)
    except UndecidableError as error:
        messages.error(request, str(error))
    tell_others(request, found)


@prefecture(*CODERS)
@require_POST
def reading_pile_undo(request: HttpRequest, campaign: str) -> HttpResponse:
    """What this person decided last, here or elsewhere in the consultation."""
    consultation = own(request, campaign)
    last = last_of(consultation, request.user.pk)
    for decision in last:
        undo_one(consultation, decision)
    if last:
        messages.success(request, "Votre dernière décision est défaite.")
    return redirect(pile_url(request, campaign, request.POST.get("apres", "")))


def undo_one(consultation: Consultation, decision: Decision) -> bool:
    rows = Reading.objects.of(consultation).filter(statement=decision.statement_id, start=decision.start)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        return False
    undo(consultation, found, decision.about)
    return True
