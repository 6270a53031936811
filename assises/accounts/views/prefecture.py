"""The prefecture's pages about itself: what waits, its facts, its delegations, its history."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises.access import prefecture
from assises.accounts.changes import LINES_A_PAGE, history_of, tell
from assises.accounts.delegate import give, revoke
from assises.accounts.forms import DelegationForm, FactsForm
from assises.accounts.gate import wrong_role
from assises.accounts.models import Delegation, Role
from assises.accounts.models.rights import PREFECTURE_ROLES
from assises.today import tasks_for


@prefecture(*PREFECTURE_ROLES)
@require_safe
def prefecture_home(request: HttpRequest) -> HttpResponse:
    mine = Delegation.objects.for_prefecture(request.prefecture).filter(given_to=request.membership)
    context = {
        "tasks": tasks_for(request),
        "delegation": mine.in_force_on(request.prefecture.today()).order_by("-ends_on").first(),
        "today": request.prefecture.today(),
    }
    return render(request, "accounts/prefecture/prefecture_home.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    fields = ("office_name", "address", "postal_code", "city", "telephone", "functional_email", "dpo_email")
    named = [
        (request.prefecture._meta.get_field(name).verbose_name, getattr(request.prefecture, name)) for name in fields
    ]
    context = {
        "facts": [(str(label).capitalize(), value or "À compléter") for label, value in named],
        "may_change": Role.ADMINISTRATOR in request.roles,
    }
    return render(request, "accounts/prefecture/facts.html", context)


@prefecture("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_facts(request: HttpRequest) -> HttpResponse:
    form = FactsForm(request.POST or None, instance=request.prefecture)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            form.instance.save(update_fields=form.changed_data)
        messages.success(request, "Les coordonnées sont enregistrées.")
        return redirect("facts", request.prefecture.slug)
    return render(request, "accounts/prefecture/edit_facts.html", {"form": form})


@prefecture(*PREFECTURE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Everyone of the team reads; only the prefect in person gives: what was delegated is not delegated further."""
    may_give = request.membership.role == Role.PREFECT
    if request.method == "POST" and not may_give:
        return wrong_role(request, frozenset({Role.PREFECT}))
    form = DelegationForm(request.POST or None, prefecture=request.prefecture)
    form.instance.prefecture = request.prefecture
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        give(to=given["given_to"], starts_on=given["starts_on"], ends_on=given["ends_on"], by=request.user)
        messages.success(request, f"La délégation à {given['given_to'].user.get_full_name()} est enregistrée.")
        return redirect("delegations", request.prefecture.slug)
    context = {"form": form if may_give else None, "may_give": may_give, **_delegations_by_time(request)}
    return render(request, "accounts/prefecture/delegations.html", context)


def _delegations_by_time(request: HttpRequest) -> dict[str, Any]:
    rows = Delegation.objects.for_prefecture(request.prefecture).select_related("given_to__user", "given_by")
    today = request.prefecture.today()
    current = rows.filter(revoked_at=None, ends_on__gte=today).order_by("starts_on")
    past = rows.exclude(pk__in=current.values("pk")).order_by("-starts_on")
    return {"today": today, "current": current, "past": past[:LINES_A_PAGE]}


@prefecture("prefect")
@require_POST
def revoke_delegation(request: HttpRequest, number: int) -> HttpResponse:
    if request.membership.role != Role.PREFECT:
        return wrong_role(request, frozenset({Role.PREFECT}))
    delegation = get_object_or_404(Delegation.objects.for_prefecture(request.prefecture), pk=number)
    revoke(delegation)
    messages.success(request, "La délégation est retirée. Elle ne donne plus aucun droit.")
    return redirect("delegations", request.prefecture.slug)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    page = Paginator(history_of(request.prefecture), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "changes": tell(page.object_list, request.prefecture)}
    return render(request, "accounts/prefecture/history.html", context)
