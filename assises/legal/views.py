"""What the law and plain dealing ask a public service to say. Nothing here needs an account, a cookie or JavaScript."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import anyone, public
from assises.legal.forms import ReportForm
from assises.legal.operator import operator
from assises.legal.report import report

REPORTS = {"accessibility_report": "5/10m/key,20/d/key"}
TOO_MANY = 429


@anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/privacy.html")


@public
@require_safe
def privacy_departement(request: HttpRequest) -> HttpResponse:
    """The notice of one prefecture: who answers there, and where to write."""
    return render(request, "legal/privacy_departement.html")


@anyone
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/legal.html", {"operator": operator()})


@anyone
@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/charter.html")


@anyone
@require_safe
def figures_meaning(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/figures_meaning.html")


@anyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/accessibility.html", {"operator": operator()})


@anyone
@csrf_exempt  # no session to abuse; without a token the page can stay open for days and still be sent
@require_http_methods(["GET", "HEAD", "POST"])
def accessibility_report(request: HttpRequest) -> HttpResponse:
    """A barrier that somebody met. What was typed stays in the page until it has been taken."""
    if request.method != "POST":
        return show(request, ReportForm(initial={"page": request.GET.get("page", "")[:200]}))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return show(request, form)
    if form.was_filled_by_a_robot:
        return redirect("accessibility_report_sent")
    if not ratelimit.consume(
        request, app="assises", action="accessibility_report", key=sender(request), config=REPORTS
    ):
        return show(request, form, status=TOO_MANY)
    report(form.cleaned_data)
    return redirect("accessibility_report_sent")


def sender(request: HttpRequest) -> str:
    """Where it comes from, as a mark that nobody can read back and that changes every day."""
    address = str(get_adapter().get_client_ip(request))
    return salted_hmac(f"accessibility_report:{timezone.localdate()}", address, algorithm="sha256").hexdigest()


def show(request: HttpRequest, form: ReportForm, **how: Any) -> HttpResponse:
    context = {"form": form, "too_many": how.get("status") == TOO_MANY, "operator": operator()}
    return render(request, "legal/accessibility_report.html", context, **how)


@anyone
@require_safe
def accessibility_report_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/accessibility_report_sent.html")
