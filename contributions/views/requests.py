"""The prefecture's side of what is asked with a code: a list, and a decision that is read by the person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import prefecture
from assises.workflow import IllegalMoveError
from contributions.decisions import Decision, contestable, decisions_on
from contributions.forms import DecisionForm
from contributions.models import Request
from contributions.questionnaire import answered
from contributions.requests import decide

GET_AND_POST = ["GET", "HEAD", "POST"]
TEAM = ("agent", "editor", "administrator", "prefect")
SHOWN = 50


@prefecture(*TEAM)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; what was decided, the latest first."""
    rows = Request.objects.for_prefecture(request.prefecture).select_related("contribution__consultation__campaign")
    decided = rows.exclude(state=Request.State.OPEN).select_related("answered_by").order_by("-answered_at", "-pk")
    context = {
        "waiting": list(rows.filter(state=Request.State.OPEN).order_by("asked_at", "pk")),
        "decided": list(decided[:SHOWN]),
        "may_decide": bool({"editor", "administrator"} & request.roles),
    }
    return render(request, "contributions/prefecture/requests.html", context)


@prefecture("editor", "administrator")
@require_http_methods(GET_AND_POST)
def request_decide(request: HttpRequest, number: int) -> HttpResponse:
    """What is asked, what had been written, and the answer."""
    rows = Request.objects.for_prefecture(request.prefecture)
    asked = get_object_or_404(
        rows.select_related("contribution__consultation__campaign", "contribution__version"), pk=number
    )
    if asked.state != Request.State.OPEN:
        messages.warning(request, "Cette demande a déjà reçu une réponse.")
        return redirect("requests", request.prefecture.slug)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide(asked, actor=request.user, **form.decision())
        except IllegalMoveError:
            messages.warning(request, "Quelqu’un a répondu pendant ce temps\u00a0: votre réponse n’a pas été envoyée.")
        else:
            messages.success(request, "La réponse est enregistrée. La personne la lira avec son code.")
        return redirect("requests", request.prefecture.slug)
    context = {"asked": asked, "form": form, "themes": words_of(asked), "decided": contestable(decided_on(asked))}
    return render(request, "contributions/prefecture/request_decide.html", context)


def decided_on(asked: Request) -> list[Decision]:
    """What an appeal contests."""
    contribution = asked.contribution
    statements = contribution.statements.for_prefecture(asked.prefecture_id)
    return decisions_on(contribution, statements, contribution.requests.for_prefecture(asked.prefecture_id))


def words_of(asked: Request) -> list[dict]:
    """What had been written, by theme; a letter has none."""
    contribution = asked.contribution
    statements = list(contribution.statements.for_prefecture(asked.prefecture_id))
    if contribution.version is None:
        return [
            {"title": "", "answers": [{"label": s.get_kind_display().capitalize(), "texts": [s.text], "is_free": True}]}
            for s in statements
        ]
    texts = {f"{s.theme_key}.{s.question_key}": s.text for s in statements}
    return answered(contribution.version.content["steps"], contribution.answers | texts, contribution.audience)
