"""With a code: the attestation, what was said, and whether it was counted."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assises.access import public
from assises.accounts.models import Prefecture
from assises.kept_words import keeps_words
from assises.look.templatetags.french import moment
from assises.look.typeset import MEDIA_TYPE
from assises.tenancy.context import PUBLIC, Scope, set_scope
from contributions import attestation as document
from contributions import codes, guesses
from contributions.log import keys, verify
from contributions.log.prove import attestation, proof
from contributions.models import Contribution
from contributions.questionnaire import answered
from contributions.views.held import Held, page, wait, with_code

JUST_NOW = timedelta(minutes=10)


@public
@never_cache
@require_safe
@with_code
def receipt(request: HttpRequest, found: Held) -> HttpResponse:
    """The attestation; or, when it was withdrawn, what is left of it."""
    if found.contribution.withdrawn_at:
        return render(request, "contributions/public/receipt_withdrawn.html", page(found))
    signed = attestation(found.contribution, found.statements, found.entry)
    first, second = document.halves(found.code)
    path, size = document.qr_path(document.address_of(found.contribution, found.code))
    context = page(
        found,
        first=first,
        second=second,
        qr=path,
        qr_size=size,
        received=signed["facts"],
        speaks_for=found.contribution.speaks_for,
        is_new=found.now - found.entry.recorded_at < JUST_NOW,
        themes=themes_of(found),
        stages=stages(found),
    )
    return render(request, "contributions/public/receipt.html", context)


@public
@never_cache
@require_safe
@with_code
def receipt_pdf(request: HttpRequest, found: Held) -> HttpResponse:
    """The attestation as a document."""
    if found.contribution.withdrawn_at:
        return redirect("receipt", request.prefecture.slug, found.code)
    headers = {"Content-Disposition": 'attachment; filename="attestation.pdf"'}
    content = document.pdf(found.contribution, found.statements, found.entry, found.code)
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


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
    corrected = "Version corrigée reçue" if found.contribution.replaces_id else "Reçue"
    return [
        {"title": corrected, "text": moment(found.contribution.received_at, zone), "state": "done"},
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
@with_code
def receipt_check(request: HttpRequest, found: Held) -> HttpResponse:
    """Counted or not, and how one can tell."""
    if found.contribution.withdrawn_at:
        return redirect("receipt", request.prefecture.slug, found.code)
    evidence = proof(found.contribution, found.statements, found.entry, found.place)
    faults = verify.faults(evidence, keys.public_key()) if found.place else []
    context = page(found, evidence=evidence, faults=faults)
    return render(request, "contributions/public/receipt_check.html", context)


@public
@never_cache
@require_safe
@with_code
def receipt_proof(request: HttpRequest, found: Held) -> HttpResponse:
    """The file that proves it; without the words, nothing can be proved of a contribution that was withdrawn."""
    if found.contribution.withdrawn_at:
        return redirect("receipt", request.prefecture.slug, found.code)
    evidence = proof(found.contribution, found.statements, found.entry, found.place)
    headers = {"Content-Disposition": 'attachment; filename="preuve.json"'}
    return JsonResponse(evidence, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)


@keeps_words
@public
@csrf_exempt  # changes nothing, and needs no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find_contribution(request: HttpRequest) -> HttpResponse:
    """From a code alone, wherever it was given."""
    typed = request.POST.get("suivi", "")
    code, error = codes.read(typed), ""
    if code and guesses.must_wait(request):
        return wait(request)
    if code and (prefecture := prefecture_of(code)):
        return redirect("receipt", prefecture.slug, code)
    if request.method == "POST":
        if code:
            guesses.note_wrong(request)
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
