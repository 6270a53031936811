"""The ministry's pages about prefectures: who is invited, who is in place, who must be chased."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises.access import ministry
from assises.accounts import first_administrators as first
from assises.accounts import mailboxes
from assises.accounts.changes import LINES_A_PAGE, history_of, tell
from assises.accounts.forms import FirstAdministratorForm, MailboxFileForm
from assises.accounts.invite import AlreadyInvitedError, cancel, send_again, send_expired_again
from assises.accounts.models import Invitation, Prefecture
from assises.accounts.models.rights import MINISTRY_ROLES
from assises.today import tasks_for
from assises.workflow import IllegalMoveError


@ministry(*MINISTRY_ROLES)
@require_safe
def ministry_home(request: HttpRequest) -> HttpResponse:
    standings = first.standings()
    context = {
        "tasks": tasks_for(request),
        "counts": counts(standings),
        "total": len(standings),
        "today": timezone.localdate(),
        "may_invite": "lead" in request.roles,
    }
    return render(request, "accounts/ministry/ministry_home.html", context)


def counts(standings: list[first.Standing]) -> list[dict[str, Any]]:
    states = [standing.state for standing in standings]
    return [
        {"state": state, "label": label, "look": first.LOOKS[state], "number": states.count(state)}
        for state, label in first.LABELS.items()
    ]


@ministry(*MINISTRY_ROLES)
@require_safe
def prefectures(request: HttpRequest) -> HttpResponse:
    standings = first.standings()
    state, words = request.GET.get("etat", ""), request.GET.get("recherche", "").strip()
    context = {
        "standings": [s for s in standings if (not state or s.state == state) and s.matches(words)],
        "counts": counts(standings),
        "total": len(standings),
        "state": state,
        "words": words,
        "may_invite": "lead" in request.roles,
    }
    return render(request, "accounts/ministry/prefectures.html", context)


@ministry("lead")
@require_http_methods(["GET", "HEAD", "POST"])
def upload_mailboxes(request: HttpRequest) -> HttpResponse:
    """Read the file whole, then show what would be sent; nothing is written before the next page confirms."""
    form, problems = MailboxFileForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        try:
            found = mailboxes.read(form.cleaned_data["file"].read(mailboxes.LARGEST_BYTES + 1), known=names())
        except mailboxes.UnreadableFileError as error:
            form.add_error("file", str(error))
        else:
            if not found.problems:
                return preview(request, found)
            problems = found.problems
    return render(request, "accounts/ministry/upload_mailboxes.html", {"form": form, "problems": problems})


def names() -> dict[str, str]:
    return dict(Prefecture.objects.values_list("code", "name"))


def preview(request: HttpRequest, found: mailboxes.MailboxList) -> HttpResponse:
    planned = first.plan(found.mailboxes)
    sending = sum(line.will_be_sent for line in planned)
    context = {"planned": planned, "sending": sending, "kept": len(planned) - sending, "list": found.as_text()}
    return render(request, "accounts/ministry/preview_mailboxes.html", context)


@ministry("lead")
@require_POST
def confirm_mailboxes(request: HttpRequest) -> HttpResponse:
    """The list comes back from the preview and is checked again, line by line: nothing in a page is believed."""
    try:
        found = mailboxes.read(request.POST.get("list", "").encode(), known=names())
    except mailboxes.UnreadableFileError:
        return redirect("upload_mailboxes")
    if found.problems:
        return redirect("upload_mailboxes")
    number = first.invite_planned(first.plan(found.mailboxes), by=request.user)
    messages.success(request, "Une invitation part." if number == 1 else f"{number} invitations partent.")
    return redirect("prefectures")


@ministry("lead")
@require_http_methods(["GET", "HEAD", "POST"])
def invite_prefecture(request: HttpRequest) -> HttpResponse:
    form = FirstAdministratorForm(request.POST or None, initial={"prefecture": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            first.invite_first(facts["prefecture"], email=facts["email"], by=request.user)
        except AlreadyInvitedError:
            form.add_error("email", "Cette adresse a déjà une invitation en attente : renvoyez-la depuis la liste.")
        else:
            messages.success(request, f"L’invitation part à {facts['email']}.")
            return redirect("prefectures")
    return render(request, "accounts/ministry/invite_prefecture.html", {"form": form})


def of_prefectures() -> Any:
    return Invitation.objects.filter(by_ministry=True).exclude(prefecture=None).select_related("prefecture")


@ministry("lead")
@require_POST
def send_prefecture_invitation_again(request: HttpRequest, number: int) -> HttpResponse:
    invitation = get_object_or_404(of_prefectures(), pk=number)
    try:
        send_again(invitation, by=request.user)
        messages.success(request, f"Une nouvelle invitation part à {invitation.email}. Le lien précédent ne sert plus.")
    except IllegalMoveError:
        messages.warning(request, "Cette invitation n’attend plus : elle a été acceptée ou annulée.")
    return redirect("prefectures")


@ministry("lead")
@require_POST
def send_expired_invitations_again(request: HttpRequest) -> HttpResponse:
    number = send_expired_again(by=request.user)
    messages.success(request, "Une invitation repart." if number == 1 else f"{number} invitations repartent.")
    return redirect("prefectures")


@ministry("lead")
@require_POST
def cancel_prefecture_invitation(request: HttpRequest, number: int) -> HttpResponse:
    invitation = get_object_or_404(of_prefectures(), pk=number)
    try:
        cancel(invitation, by=request.user)
        messages.success(request, f"L’invitation de {invitation.email} est annulée : son lien ne sert plus.")
    except IllegalMoveError:
        messages.warning(request, "Cette invitation n’attend plus : elle a été acceptée ou annulée.")
    return redirect("prefectures")


@ministry(*MINISTRY_ROLES)
@require_safe
def ministry_history(request: HttpRequest) -> HttpResponse:
    page = Paginator(history_of(None), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/ministry/ministry_history.html", {"page": page, "changes": tell(page, None)})
