"""Corrections from any list: passages are ticked, then moved; an idea is named, merged, made; decisions are undone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assises.access import prefecture
from consultations.models import Consultation
from syntheses.models import Idea, Reading
from syntheses.models.reading import NAME_OF_AN_IDEA, Nature
from syntheses.reading.agree import Agreed, agreed, still_called
from syntheses.reading.decide import UndecidableError, decide_kind, decide_theme, undo
from syntheses.reading.regroup import make, merge, name_idea, put, take_out
from syntheses.showing.ideas import ideas_shown
from syntheses.showing.numbers import titles_of
from syntheses.showing.passages import chosen, readings_of, shown
from syntheses.views.reading.own import CODERS, GET_AND_POST, address, base, own, page_of, way_back
from syntheses.views.reading.passages import own_idea

OFF = "-"
IDEAS_SHOWN = 40
AGAIN = "Quelqu’un a changé cette idée entre-temps\u00a0: la voici. Recommencez si cela convient encore."


def tell_others(request: HttpRequest, found: Agreed) -> None:
    """The second of two people is told; what the first decided stands."""
    if found.others:
        who = found.by or "Quelqu’un"
        many = len(found.others)
        what = "ce passage" if many == 1 else f"{many} de ces passages"
        messages.warning(
            request, f"{who} a décidé de {what} entre-temps\u00a0: rien n’y a été changé. Relisez, puis décidez."
        )
    if found.gone:
        messages.warning(request, "Des passages n’existent plus\u00a0: leur texte a été retiré ou divisé autrement.")


def said_done(request: HttpRequest, number: int, what: str) -> None:
    if number:
        messages.success(request, f"{number} passage{'s' if number > 1 else ''}\u00a0: {what}.")


@prefecture(*CODERS)
@require_POST
def reading_correct(request: HttpRequest, campaign: str) -> HttpResponse:
    """One act on the passages that were ticked."""
    consultation = own(request, campaign)
    seen = chosen(request.POST.getlist("p"))
    if not seen:
        messages.error(request, "Cochez d’abord des passages.")
        return way_back(request, campaign)
    act = request.POST.get("acte", "")
    if act == "regrouper":
        return group_page(request, consultation, seen)
    found = agreed(consultation, seen)
    try:
        said_done(request, len(found.readings), correct(consultation, found, act, request))
    except UndecidableError as error:
        messages.error(request, str(error))
    tell_others(request, found)
    return way_back(request, campaign)


def correct(consultation: Consultation, found: Agreed, act: str, request: HttpRequest) -> str:
    """Does it, and says in a few words what was done."""
    if act in Nature.values:
        decide_kind(consultation, found.readings, act, actor=request.user)
        return f"rangés parmi les {Nature(act).label}s"
    if act == "theme":
        theme = request.POST.get("theme", "")
        if not theme:
            raise UndecidableError("Choisissez d’abord un thème.")
        decide_theme(consultation, found.readings, [] if theme == OFF else [theme], actor=request.user)
        return "hors sujet" if theme == OFF else f"thème « {titles_of(consultation).get(theme, theme)} »"
    if act == "sortir":
        take_out(consultation, found.readings, actor=request.user)
        return "sortis de leur idée"
    raise UndecidableError("Choisissez ce qu’il faut faire des passages cochés.")


def group_page(request: HttpRequest, consultation: Consultation, seen: dict[int, str]) -> HttpResponse:
    """The passages, the ideas of their theme and nature, and a new one."""
    titles = titles_of(consultation)
    rows = list(readings_of(consultation).filter(pk__in=seen).order_by("pk"))
    if not rows:
        return way_back(request, consultation.campaign.slug)
    ideas = Idea.objects.of(consultation).filter(theme_key=rows[0].theme_key, kind=rows[0].kind)
    context = base(
        request,
        consultation,
        passages=[(f"{one.reading.pk}.{seen[one.reading.pk]}", one) for one in shown(consultation, rows, titles)],
        ideas=list(ideas.order_by("position")[:IDEAS_SHOWN]),
        number=ideas.count(),
        most=NAME_OF_AN_IDEA,
        retour=request.POST.get("retour", ""),
    )
    return render(request, "syntheses/prefecture/reading_group.html", context)


@prefecture(*CODERS)
@require_POST
def reading_group(request: HttpRequest, campaign: str) -> HttpResponse:
    """Into an idea that there is, or into a new one."""
    consultation = own(request, campaign)
    found = agreed(consultation, chosen(request.POST.getlist("p")))
    label = request.POST.get("intitule", "")
    try:
        if label.strip():
            make(consultation, found.readings, label, actor=request.user)
            said_done(request, len(found.readings), "réunis en une nouvelle idée")
        else:
            idea = Idea.objects.of(consultation).filter(key=request.POST.get("idee", "")).first()
            if idea is None:
                raise UndecidableError("Choisissez une idée, ou écrivez l’intitulé d’une nouvelle.")
            put(consultation, found.readings, idea, actor=request.user)
            said_done(request, len(found.readings), f"rangés dans « {idea.label} »")
    except UndecidableError as error:
        messages.error(request, str(error))
    tell_others(request, found)
    return way_back(request, campaign)


@prefecture(*CODERS)
@require_http_methods(GET_AND_POST)
def reading_idea_rename(request: HttpRequest, campaign: str, key: str) -> HttpResponse:
    """`vu` is the name that was on the page: somebody else may have given another one since."""
    consultation = own(request, campaign)
    idea = own_idea(consultation, key)
    typed, error = request.POST.get("intitule", idea.label), ""
    if request.method == "POST":
        same = still_called(consultation, key, request.POST.get("vu", ""))
        try:
            if same is None:
                messages.warning(request, AGAIN)
            else:
                name_idea(consultation, same, typed, actor=request.user)
                messages.success(request, "L’idée porte l’intitulé que vous avez choisi.")
                return redirect(address(request, "reading_idea", campaign, key))
        except UndecidableError as wrong:
            error = str(wrong)
    context = base(
        request,
        consultation,
        shown=ideas_shown(consultation, [idea])[0],
        typed=typed,
        error=[error] if error else [],
        most=NAME_OF_AN_IDEA,
    )
    return render(request, "syntheses/prefecture/reading_idea_rename.html", context)


@prefecture(*CODERS)
@require_http_methods(GET_AND_POST)
def reading_idea_merge(request: HttpRequest, campaign: str, key: str) -> HttpResponse:
    """This idea takes in another of its theme and nature."""
    consultation = own(request, campaign)
    idea = own_idea(consultation, key)
    if request.method == "POST":
        other_key, _, label = request.POST.get("autre", "").partition("|")
        same = still_called(consultation, key, request.POST.get("vu", ""))
        other = still_called(consultation, other_key, label)
        if same is None or other is None:
            messages.warning(request, AGAIN if other_key else "Choisissez l’idée qui dit la même chose.")
        else:
            try:
                merge(consultation, same, other, actor=request.user)
                messages.success(request, "Les deux idées n’en font plus qu’une.")
                return redirect(address(request, "reading_idea", campaign, key))
            except UndecidableError as wrong:
                messages.error(request, str(wrong))
    rows = Idea.objects.of(consultation).filter(theme_key=idea.theme_key, kind=idea.kind).exclude(key=key)
    page = page_of(request, rows.order_by("position", "key"), IDEAS_SHOWN)
    context = base(request, consultation, shown=ideas_shown(consultation, [idea])[0], page=page)
    return render(request, "syntheses/prefecture/reading_idea_merge.html", context)


@prefecture(*CODERS)
@require_POST
def reading_undo(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """One decision about one passage: the machine proposes again."""
    consultation = own(request, campaign)
    rows = Reading.objects.of(consultation).filter(statement=number)
    start, about = request.POST.get("passage", ""), request.POST.get("sur", "")
    found: Any = rows.select_for_update(of=("self",)).filter(start=int(start)).first() if start.isdecimal() else None
    if found is None:
        messages.warning(request, "Ce passage n’existe plus.")
    else:
        undo(consultation, found, about)
        messages.success(request, "La décision est défaite\u00a0: la machine propose de nouveau.")
    return redirect(address(request, "reading_statement", campaign, number))
