"""With a code: the attestation, what was said, and whether it was counted."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import public
from assises.accounts.models import Prefecture
from assises.clock import TransactionNow
from assises.look.templatetags.french import moment
from assises.tenancy.context import PUBLIC, Scope, current, set_scope
from contributions import codes
from contributions.log import keys, verify
from contributions.log.prove import attestation, proof
from contributions.models import Contribution, Leaf, LogEntry, Statement
from contributions.questionnaire import answered

JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Held:
    """All that one code opens."""

    code: str
    contribution: Contribution
    statements: list[Statement]
    entry: LogEntry
    place: Leaf | None
    now: datetime


def held(request: HttpRequest, typed: str) -> Held:
    """The contribution of this code in this department, and nothing else in the world."""
    code = codes.read(typed)
    if code is None or codes.department_of(code) != request.prefecture.code:
        raise Http404
    set_scope(replace(current(), holder=codes.hash_of(code)))
    rows = Contribution.objects.for_prefecture(request.prefecture).filter(receipt_hash=codes.hash_of(code))
    rows = rows.select_related("consultation__campaign", "version").annotate(moment=TransactionNow())
    found = rows.first()
    if found is None:
        raise Http404
    found.consultation.prefecture = found.prefecture = request.prefecture
    entries = LogEntry.objects.for_prefecture(request.prefecture).filter(contribution_id=found.pk)
    entry = entries.prefetch_related("leaves").get(event=LogEntry.Event.RECEIVED)
    return Held(
        code=code,
        contribution=found,
        statements=list(found.statements.for_prefecture(request.prefecture)),
        entry=entry,
        place=next(iter(entry.leaves.all()), None),
        now=found.moment,
    )


def page(request: HttpRequest, found: Held) -> dict[str, Any]:
    contribution = found.contribution
    return {
        "contribution": contribution,
        "consultation": contribution.consultation,
        "campaign": contribution.consultation.campaign,
        "exercise": contribution.consultation.campaign.title,
        "code": found.code,
        "place": found.place,
    }


@public
@never_cache
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The attestation."""
    found = held(request, code)
    if found.code != code:
        return redirect("receipt", request.prefecture.slug, found.code)
    half = len(found.code) - 9  # the last two groups
    signed = attestation(found.contribution, found.statements, found.entry)
    context = page(request, found) | {
        "first": found.code[:half],
        "second": found.code[half:],
        "received": signed["facts"],
        "signature": signed["signature"],
        "is_new": found.now - found.entry.recorded_at < JUST_NOW,
        "themes": themes_of(found),
        "stages": stages(found),
    }
    return render(request, "contributions/public/receipt.html", context)


def themes_of(found: Held) -> list[dict[str, Any]]:
    """What was said, by theme, without the questions that were left."""
    version = found.contribution.version
    if version is None:
        return []
    texts = {f"{s.theme_key}.{s.question_key}": s.text for s in found.statements}
    contribution = found.contribution
    themes = answered(version.content["steps"], contribution.answers | texts, contribution.audience)
    for theme in themes:
        theme["answers"] = [answer for answer in theme["answers"] if answer["texts"]]
    return [theme for theme in themes if theme["answers"]]


def stages(found: Held) -> list[dict[str, str]]:
    """Done, now, later."""
    consultation = found.contribution.consultation
    zone = consultation.prefecture.zone
    has_closed = consultation.has_closed_at(found.now)
    closes = moment(consultation.closes_at, zone)
    reading = f"Depuis la clôture, {closes}" if has_closed else f"Après la clôture, {closes}"
    place = found.place
    return [
        {"title": "Reçue", "text": moment(found.contribution.received_at, zone), "state": "done"},
        {
            "title": "Inscrite au registre public" if place else "Bientôt inscrite au registre public",
            "text": f"Numéro {place.number + 1}" if place else "Dans la minute qui suit",
            "state": "done" if place else "now",
        },
        {
            "title": "Comptée parmi les contributions reçues",
            "text": "Personne ne peut la retirer du compte sans que cela se voie.",
            "state": "done" if place else "",
        },
        {
            "title": "Lue et regroupée avec les autres",
            "text": reading,
            "state": "now" if has_closed and place else "",
        },
        {
            "title": "Synthèse transmise au ministère",
            "text": "Elle dira ce que le département a exprimé.",
            "state": "",
        },
    ]


@public
@never_cache
@require_safe
def receipt_check(request: HttpRequest, code: str) -> HttpResponse:
    """Counted or not, and how one can tell."""
    found = held(request, code)
    if found.code != code:
        return redirect("receipt_check", request.prefecture.slug, found.code)
    evidence = proof(found.contribution, found.statements, found.entry, found.place)
    faults = verify.faults(evidence, keys.public_key()) if found.place else []
    return render(
        request,
        "contributions/public/receipt_check.html",
        page(request, found) | {"evidence": evidence, "faults": faults},
    )


@public
@never_cache
@require_safe
def receipt_proof(request: HttpRequest, code: str) -> JsonResponse:
    """The file that proves it."""
    found = held(request, code)
    evidence = proof(found.contribution, found.statements, found.entry, found.place)
    headers = {"Content-Disposition": 'attachment; filename="preuve.json"'}
    return JsonResponse(evidence, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)


@public
@csrf_exempt  # changes nothing, and needs no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find_contribution(request: HttpRequest) -> HttpResponse:
    """From a code alone, wherever it was given."""
    typed = request.POST.get("suivi", "")
    code, error = codes.read(typed), ""
    if code and (prefecture := prefecture_of(code)):
        return redirect("receipt", prefecture.slug, code)
    if request.method == "POST":
        error = what_is_wrong(code)
    errors = [{"target": "suivi", "text": error}] if error else []
    context = {"typed": typed, "error": error, "errors": errors}
    return render(request, "contributions/public/find_contribution.html", context)


def prefecture_of(code: str) -> Prefecture | None:
    """The department that a code begins with, if somebody's contribution has it."""
    prefecture = Prefecture.objects.filter(pk=codes.department_of(code)).first()
    if prefecture is None:
        return None
    set_scope(Scope(PUBLIC, prefecture.code, holder=codes.hash_of(code)))
    rows = Contribution.objects.for_prefecture(prefecture)
    return prefecture if rows.filter(receipt_hash=codes.hash_of(code)).exists() else None


def what_is_wrong(code: str | None) -> str:
    if code is None:
        return (
            "Écrivez le code en entier\u00a0: le numéro du département, puis quatre groupes de quatre lettres"
            " ou chiffres."
        )
    return "Aucune contribution ne porte ce code. Comparez-le, lettre par lettre, avec votre attestation."
