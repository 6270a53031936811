"""What one does with a code: correct, withdraw, ask, have the attestation sent.

The code in the address is the secret: nobody can forge a form without it, hence no CSRF token.
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from assises.access import public
from assises.kept_words import keeps_words
from contributions import correct
from contributions.decisions import contestable
from contributions.forms import MailForm, RequestForm
from contributions.intake.record import RefusedError
from contributions.mail_attestation import mail_attestation
from contributions.requests import AskedAlreadyError, NotNowError, ask
from contributions.views.held import TOO_MANY, Held, page, with_code
from contributions.withdraw import withdraw

GET_AND_POST = ["GET", "HEAD", "POST"]
CONFLICT = 409
MAILS = {"attestation": "3/h/key,20/h/ip"}


def back(request: HttpRequest, found: Held) -> HttpResponse:
    return redirect("receipt", request.prefecture.slug, found.code)


@public
@csrf_exempt
@never_cache
@require_POST
@with_code
def receipt_correct(request: HttpRequest, found: Held) -> HttpResponse:
    """Opens the questionnaire again, filled with what was sent. Nothing changes until it is sent again."""
    if not found.may_correct:
        return refused(request, found)
    key = correct.begin(found.contribution, found.statements)
    return redirect(reverse("review_answers", args=[request.prefecture.slug, page(found)["campaign"].slug, key]))


@public
@csrf_exempt
@never_cache
@require_http_methods(GET_AND_POST)
@with_code
def receipt_withdraw(request: HttpRequest, found: Held) -> HttpResponse:
    """Says what will happen, then does it."""
    if found.contribution.withdrawn_at:
        return back(request, found)
    if not found.may_change:
        return refused(request, found)
    if request.method == "POST":
        try:
            withdraw(found.contribution)
        except RefusedError:
            return refused(request, found)
        return back(request, found)
    return render(request, "contributions/public/receipt_withdraw.html", page(found))


def refused(request: HttpRequest, found: Held) -> HttpResponse:
    """Too late, or withdrawn meanwhile: why, and what can be done instead."""
    return render(request, "contributions/public/receipt_unchanged.html", page(found), status=CONFLICT)


@keeps_words
@public
@csrf_exempt
@never_cache
@require_http_methods(GET_AND_POST)
@with_code
def receipt_request(request: HttpRequest, found: Held) -> HttpResponse:
    """After the closing: a person decides, and answers here."""
    if not found.may_ask:
        return back(request, found)
    decided = contestable(found.decisions)
    form = RequestForm(request.POST or None, may_contest=bool(decided))
    if request.method == "POST" and form.is_valid():
        try:
            ask(found.contribution, form.cleaned_data["kind"], form.cleaned_data["text"])
        except AskedAlreadyError:
            form.add_error("kind", "Cette demande attend déjà une réponse. Elle paraîtra sur la page de l’attestation.")
        except NotNowError:
            return back(request, found)
        else:
            return back(request, found)
    return render(request, "contributions/public/receipt_request.html", page(found, form=form, decided=decided))


@keeps_words
@public
@csrf_exempt
@never_cache
@require_http_methods(GET_AND_POST)
@with_code
def receipt_mail(request: HttpRequest, found: Held) -> HttpResponse:
    """One address, used once."""
    if found.contribution.withdrawn_at:
        return back(request, found)
    form = MailForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show_mail(request, found, form=form)
    if not ratelimit.consume(request, app="assises", action="attestation", key=found.code, config=MAILS):
        return show_mail(request, found, form=form, too_many=True, status=TOO_MANY)
    mail_attestation(found.contribution, found.code, to=form.cleaned_data["mail"])
    return show_mail(request, found, sent_to=form.cleaned_data["mail"])


def show_mail(request: HttpRequest, found: Held, *, status: int = 200, **more: object) -> HttpResponse:
    return render(request, "contributions/public/receipt_mail.html", page(found, **more), status=status)
