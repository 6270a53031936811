"""The mails of a team, each with what became of it; and the demo's mailbox, which anyone on this machine may read."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assises.access import anyone, ministry, prefecture
from assises.jobs.run import retry
from assises.outbox.models import DemoMail, OutboundMail
from assises.outbox.post import SEND
from assises.outbox.reasons import reason

SHOWN = 100
MAILS_A_PAGE = 30
GIVEN_UP, WAITING, SENT = "abandonnes", "en-attente", "partis"
LABELS = {"": "Tous", GIVEN_UP: "Pas partis", WAITING: "En attente", SENT: "Partis"}


def state_of(mail: OutboundMail) -> str:
    if mail.given_up_at:
        return GIVEN_UP
    return SENT if mail.done_at else WAITING


def list_mails(request: HttpRequest, template: str, may_retry: str) -> HttpResponse:
    wanted = request.GET.get("etat", "")
    mails = OutboundMail.objects.for_prefecture(request.prefecture).defer("text", "html").order_by("-pk")
    chosen = {GIVEN_UP: mails.given_up(), WAITING: mails.owed(), SENT: mails.exclude(done_at=None)}.get(wanted, mails)
    page = Paginator(chosen, MAILS_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "lines": [{"mail": mail, "state": state_of(mail), "reason": reason(mail.last_error)} for mail in page],
        "tabs": [
            {"label": label, "url": f"?etat={state}" if state else request.path, "current": state == wanted}
            for state, label in LABELS.items()
        ],
        "state": wanted,
        "may_retry": may_retry in request.roles,
    }
    return render(request, template, context)


def try_again(request: HttpRequest, number: int) -> None:
    mail = get_object_or_404(OutboundMail.objects.for_prefecture(request.prefecture), pk=number)
    if mail.given_up_at is None:
        messages.info(request, "Ce courriel est déjà parti, ou va partir.")
        return
    retry(SEND, mail)
    messages.success(request, f"Le portail essaie de nouveau d’écrire à {mail.to}.")


@prefecture("agent", "editor", "administrator", "prefect")
@require_safe
def prefecture_mails(request: HttpRequest) -> HttpResponse:
    return list_mails(request, "outbox/prefecture_mails.html", "administrator")


@prefecture("administrator")
@require_POST
def retry_prefecture_mail(request: HttpRequest, number: int) -> HttpResponse:
    try_again(request, number)
    return redirect("prefecture_mails", request.prefecture.slug)


@ministry("reader", "lead")
@require_safe
def ministry_mails(request: HttpRequest) -> HttpResponse:
    return list_mails(request, "outbox/ministry_mails.html", "lead")


@ministry("lead")
@require_POST
def retry_ministry_mail(request: HttpRequest, number: int) -> HttpResponse:
    try_again(request, number)
    return redirect("ministry_mails")


@anyone
@require_safe
def demo_mails(request: HttpRequest) -> HttpResponse:
    return render(request, "outbox/demo_mails.html", {"mails": DemoMail.objects.defer("text", "html")[:SHOWN]})


@anyone
@require_safe
def demo_mail(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "outbox/demo_mail.html", {"mail": get_object_or_404(DemoMail, pk=number)})
