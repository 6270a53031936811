"""What the team should look at: words set aside, and how contributions come in."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.models import Consultation
from contributions import look_at as looking
from contributions import surge as surges
from contributions.models import Feedback, Statement

SHOWN = 50


def own(request: HttpRequest, campaign: str) -> Consultation:
    rows = Consultation.objects.for_prefecture(request.prefecture).select_related("campaign", "prefecture")
    return get_object_or_404(rows, campaign__slug=campaign)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def withheld(request: HttpRequest, campaign: str) -> HttpResponse:
    """Passages that nobody has looked at: danger first."""
    found = own(request, campaign)
    rows = looking.waiting(found)
    context = {
        "consultation": found,
        "number": rows.count(),
        "passages": list(rows[:SHOWN]),
        "may_decide": bool({"editor", "agent"} & request.roles),
    }
    return render(request, "contributions/prefecture/withheld.html", context)


@prefecture("agent", "editor")
@require_POST
def look_at(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """May be quoted, or stays aside."""
    rows = Statement.objects.for_prefecture(request.prefecture).filter(
        contribution__consultation=own(request, campaign)
    )
    passage = get_object_or_404(rows.exclude(withheld="", looked_at=None), pk=number)
    if passage.looked_at:
        messages.info(request, "Quelqu’un a déjà regardé ce passage.")
    else:
        may_be_quoted = request.POST.get("decision") == "citer"
        looking.look_at(passage, actor=request.user, may_be_quoted=may_be_quoted)
        messages.success(request, "Le passage peut être cité." if may_be_quoted else "Le passage reste à l’écart.")
    return redirect("withheld", request.prefecture.slug, campaign)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def surge(request: HttpRequest, campaign: str) -> HttpResponse:
    """Hours, flags, texts that came again, and whether it was easy."""
    found = own(request, campaign)
    given = Feedback.objects.for_prefecture(request.prefecture).filter(consultation=found)
    ease = dict(given.order_by().values_list("ease").annotate(number=Count("pk")))
    context = {
        "consultation": found,
        "hours": surges.hours_of(found),
        "flags": surges.flags_of(found),
        "texts": surges.same_texts(found),
        "ease": [(label, ease.get(value, 0)) for value, label in Feedback.Ease.choices] if ease else [],
        "remarks": list(given.exclude(text="")[:SHOWN]),
    }
    return render(request, "contributions/prefecture/surge.html", context)
