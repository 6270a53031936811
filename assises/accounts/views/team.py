"""The team of a prefecture, and the ministry's: the same work on both sides, each with its own addresses and pages."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises.access import ministry, prefecture
from assises.accounts.forms import InviteForm, MemberForm
from assises.accounts.invite import AlreadyInvitedError, AlreadyMemberError, cancel, invite, send_again
from assises.accounts.models import Invitation, Membership
from assises.accounts.models.rights import MINISTRY_ROLES, PREFECTURE_ROLES
from assises.accounts.team import LastOfRoleError, change_role, remove
from assises.workflow import IllegalMoveError

LAST = {
    True: "C’est le dernier pilote national. Donnez d’abord ce rôle à quelqu’un d’autre.",
    False: "C’est le dernier administrateur. Donnez d’abord ce rôle à quelqu’un d’autre.",
}


def members(request: HttpRequest) -> QuerySet[Membership]:
    return Membership.objects.for_prefecture(request.prefecture).select_related("user", "prefecture")


def invitations(request: HttpRequest) -> QuerySet[Invitation]:
    return Invitation.objects.for_prefecture(request.prefecture).select_related("prefecture", "invited_by")


def address(request: HttpRequest, name: str) -> str:
    """The page of that name on this side: « team » is « ministry_team » at the ministry."""
    if request.prefecture:
        return reverse(name, args=[request.prefecture.slug])
    return reverse(f"ministry_{name}")


def show_team(request: HttpRequest, template: str, keeper: str) -> HttpResponse:
    context = {
        "members": members(request).order_by("user__full_name"),
        "invitations": invitations(request).waiting().with_expiry().order_by("email"),
        "may_change": keeper in request.roles,
    }
    return render(request, template, context)


def invite_somebody(request: HttpRequest, template: str) -> HttpResponse:
    form = InviteForm(request.POST or None, of_ministry=request.prefecture is None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            invite(prefecture=request.prefecture, email=facts["email"], role=facts["role"], by=request.user)
        except AlreadyInvitedError:
            form.add_error(
                "email", "Cette adresse a déjà une invitation en attente : renvoyez-la depuis la page Équipe."
            )
        except AlreadyMemberError:
            form.add_error("email", "Cette personne fait déjà partie de l’équipe.")
        else:
            messages.success(request, f"L’invitation part à {facts['email']}.")
            return redirect(address(request, "team"))
    return render(request, template, {"form": form})


def edit(request: HttpRequest, number: int, template: str) -> HttpResponse:
    member = get_object_or_404(members(request), pk=number)
    form = MemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        stored = get_object_or_404(members(request), pk=number)
        try:
            change_role(stored, role=facts["role"], title=facts["title"])
        except LastOfRoleError:
            form.add_error("role", LAST[request.prefecture is None])
        else:
            messages.success(request, f"Les droits de {stored.user.get_full_name()} sont enregistrés.")
            return redirect(address(request, "team"))
    return render(request, template, {"form": form, "member": member})


def take_out(request: HttpRequest, number: int, template: str) -> HttpResponse:
    member = get_object_or_404(members(request), pk=number)
    context: dict[str, Any] = {"member": member, "is_oneself": member.user_id == request.user.pk}
    if request.method == "POST":
        name = member.user.get_full_name()
        try:
            remove(member)
        except LastOfRoleError:
            return render(request, template, {**context, "refusal": LAST[request.prefecture is None]})
        messages.success(request, f"{name} ne fait plus partie de l’équipe.")
        return redirect("home_of_person" if context["is_oneself"] else address(request, "team"))
    return render(request, template, context)


def again(request: HttpRequest, number: int) -> HttpResponse:
    invitation = get_object_or_404(invitations(request), pk=number)
    try:
        send_again(invitation, by=request.user)
        messages.success(request, f"Une nouvelle invitation part à {invitation.email}. Le lien précédent ne sert plus.")
    except IllegalMoveError:
        messages.warning(request, "Cette invitation n’attend plus : elle a été acceptée ou annulée.")
    return redirect(address(request, "team"))


def call_off(request: HttpRequest, number: int) -> HttpResponse:
    invitation = get_object_or_404(invitations(request), pk=number)
    try:
        cancel(invitation, by=request.user)
        messages.success(request, f"L’invitation de {invitation.email} est annulée : son lien ne sert plus.")
    except IllegalMoveError:
        messages.warning(request, "Cette invitation n’attend plus : elle a été acceptée ou annulée.")
    return redirect(address(request, "team"))


@prefecture(*PREFECTURE_ROLES)
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    return show_team(request, "accounts/prefecture/team.html", "administrator")


@prefecture("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def invite_to_team(request: HttpRequest) -> HttpResponse:
    return invite_somebody(request, "accounts/prefecture/invite_to_team.html")


@prefecture("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_member(request: HttpRequest, number: int) -> HttpResponse:
    return edit(request, number, "accounts/prefecture/edit_member.html")


@prefecture("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: HttpRequest, number: int) -> HttpResponse:
    return take_out(request, number, "accounts/prefecture/remove_member.html")


@prefecture("administrator")
@require_POST
def send_invitation_again(request: HttpRequest, number: int) -> HttpResponse:
    return again(request, number)


@prefecture("administrator")
@require_POST
def cancel_invitation(request: HttpRequest, number: int) -> HttpResponse:
    return call_off(request, number)


@ministry(*MINISTRY_ROLES)
@require_safe
def ministry_team(request: HttpRequest) -> HttpResponse:
    return show_team(request, "accounts/ministry/ministry_team.html", "lead")


@ministry("lead")
@require_http_methods(["GET", "HEAD", "POST"])
def invite_to_ministry(request: HttpRequest) -> HttpResponse:
    return invite_somebody(request, "accounts/ministry/invite_to_ministry.html")


@ministry("lead")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_ministry_member(request: HttpRequest, number: int) -> HttpResponse:
    return edit(request, number, "accounts/ministry/edit_ministry_member.html")


@ministry("lead")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_ministry_member(request: HttpRequest, number: int) -> HttpResponse:
    return take_out(request, number, "accounts/ministry/remove_ministry_member.html")


@ministry("lead")
@require_POST
def send_ministry_invitation_again(request: HttpRequest, number: int) -> HttpResponse:
    return again(request, number)


@ministry("lead")
@require_POST
def cancel_ministry_invitation(request: HttpRequest, number: int) -> HttpResponse:
    return call_off(request, number)
