"""The questionnaire: who speaks, one theme a page, everything read again, sent.

No cookie and no session: whoever has a draft's address may write in it, and nobody can forge a form without it. That
is why these pages do without a CSRF token, and why a page left open for days still sends what was typed.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assises.access import public
from assises.clock import TransactionNow
from assises.look.templatetags.french import clock, short_day, zone_name
from assises.look.templatetags.look import NUMBERS
from consultations.models import Audience, Consultation, QuestionnaireVersion
from contributions import drafts
from contributions.intake.answers import Problem, Step, Typed, as_typed, name_of, read_step
from contributions.intake.record import ClosedError, EmptyError, NotOpenYetError, NotPublishedError, RefusedError
from contributions.intake.web import NoDraftError, NotReadyError, receipt_of, send
from contributions.questionnaire import SPEAKERS, answered, asked, minutes

GET_AND_POST = ["GET", "HEAD", "POST"]
BACK = "revenir"
CONFLICT, GONE = 409, 410


def published_version(request: HttpRequest, campaign: str) -> QuestionnaireVersion:
    """What is asked here, with the moment of this transaction; one statement."""
    rows = QuestionnaireVersion.objects.for_prefecture(request.prefecture).select_related("consultation__campaign")
    rows = rows.filter(consultation__campaign__slug=campaign, consultation__state=Consultation.State.PUBLISHED)
    found = rows.annotate(moment=TransactionNow()).order_by("-number").first()
    if found is None:
        raise Http404
    found.consultation.prefecture = request.prefecture
    return found


def page(version: QuestionnaireVersion, **more: Any) -> dict[str, Any]:
    """What every page of the questionnaire knows."""
    consultation = version.consultation
    return {
        "consultation": consultation,
        "campaign": consultation.campaign,
        "exercise": consultation.campaign.title,
        "steps": version.content["steps"],
        "is_open": consultation.is_open_at(version.moment),
        "has_closed": consultation.has_closed_at(version.moment),
        "aside": f"{consultation.prefecture.name}, jusqu’au {until(consultation)}",
        **more,
    }


def until(consultation: Consultation) -> str:
    """« 5 février à 18 h (heure de Paris) »."""
    zone = consultation.prefecture.zone
    local = consultation.closes_at.astimezone(zone)
    return f"{short_day(local)} à {clock(local, zone)} ({zone_name(zone)})"


@public
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(GET_AND_POST)
def consultation(request: HttpRequest, campaign: str) -> HttpResponse:
    """What it is about, until when, how long it takes; who speaks."""
    version = published_version(request, campaign)
    is_open = version.consultation.is_open_at(version.moment)
    given = request.POST or request.GET
    speaker, key, error = request.POST.get("public", ""), given.get("brouillon", ""), ""
    if request.method == "POST" and is_open:
        if speaker in Audience.values:
            return redirect(step_address(version, begin(version, key, speaker), 1))
        error = "Choisissez la ligne qui vous convient le mieux."
    elif drafts.is_key(key) and (kept := drafts.find(version.consultation, key)):
        speaker = kept.audience
    context = page(
        version,
        key=key if drafts.is_key(key) else drafts.new_key(),
        speakers=SPEAKERS,
        speaker=speaker,
        minutes=minutes(version.content["steps"]),
        errors=[{"target": "public", "text": f"Vous répondez en tant que\u00a0: {error}"}] if error else [],
        error=error,
    )
    return render(request, "contributions/public/consultation.html", context)


def begin(version: QuestionnaireVersion, key: str, speaker: str) -> str:
    """The key of a draft to write in: a new one when that of the page has served already."""
    if not drafts.is_key(key) or was_sent(version, key) or not drafts.begin(version.consultation, key, speaker):
        key = drafts.new_key()
        drafts.begin(version.consultation, key, speaker)
    return key


def was_sent(version: QuestionnaireVersion, key: str) -> bool:
    try:
        return bool(receipt_of(version.consultation, key))
    except NoDraftError:
        return False


@public
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(GET_AND_POST)
def answer_step(request: HttpRequest, campaign: str, draft: str, number: int) -> HttpResponse:
    """One theme."""
    version = published_version(request, campaign)
    steps = version.content["steps"]
    if not drafts.is_key(draft) or not 1 <= number <= len(steps):
        raise Http404
    step = steps[number - 1]
    if not version.consultation.is_open_at(version.moment):
        return not_open(request, version, draft, typed_in(step, request))
    if request.method == "POST":
        return save_step(request, version, draft, number)
    kept = drafts.find(version.consultation, draft)
    if kept is None:
        return no_draft(request, version, draft)
    return show_step(request, version, number, lambda name: as_typed(kept.answers.get(name)))


def save_step(request: HttpRequest, version: QuestionnaireVersion, key: str, number: int) -> HttpResponse:
    """Keep what can be kept, even when something has to be mended; then go on, or back."""
    step = version.content["steps"][number - 1]
    goes_back = request.POST.get("action") == BACK
    answers, problems = read_step(step, request.POST.getlist, is_final=not goes_back)
    wrong = {problem.name for problem in problems}
    names = [name for name in (name_of(step, q) for q in step["questions"]) if name not in wrong]
    kept = {name: value for name, value in answers.items() if name not in wrong}
    if not drafts.save(version.consultation, key, names=names, answers=kept):
        return no_draft(request, version, key, typed_in(step, request))
    if problems:
        return show_step(request, version, number, request.POST.getlist, problems)
    return redirect(neighbour(version, key, number - 1 if goes_back else number + 1))


def show_step(
    request: HttpRequest, version: QuestionnaireVersion, number: int, typed: Typed, problems: Sequence[Problem] = ()
) -> HttpResponse:
    step = version.content["steps"][number - 1]
    questions = asked(step, typed, problems)
    errors = [{"target": problem.target, "text": problem.line} for problem in problems]
    context = page(version, number=number, theme=step["theme"], questions=questions, errors=errors)
    context["total"] = len(version.content["steps"]) + 1
    context["errors_title"] = errors_title(len(errors))
    context["all_optional"] = not any(question.is_required for question in questions)
    return render(request, "contributions/public/answer_step.html", context)


def errors_title(number: int) -> str:
    in_words = NUMBERS[number] if number < len(NUMBERS) else number
    return f"{in_words} réponse est à revoir" if number == 1 else f"{in_words} réponses sont à revoir"


@public
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(GET_AND_POST)
def review_answers(request: HttpRequest, campaign: str, draft: str) -> HttpResponse:
    """Everything read again, the permission to quote, and the one button that sends."""
    version = published_version(request, campaign)
    if not drafts.is_key(draft):
        raise Http404
    may_publish = "citation" in request.POST
    if request.method == "POST" and request.POST.get("action") == BACK:
        drafts.allow_quoting(version.consultation, draft, may_publish=may_publish)
        return redirect(step_address(version, draft, len(version.content["steps"])))
    if request.method == "POST":
        return send_draft(request, version, draft, may_publish=may_publish)
    if not version.consultation.is_open_at(version.moment):
        return not_open(request, version, draft)
    return show_review(request, version, draft)


def send_draft(request: HttpRequest, version: QuestionnaireVersion, key: str, *, may_publish: bool) -> HttpResponse:
    try:
        receipt = send(version, key, may_publish=may_publish)
    except NotReadyError as error:
        errors = [
            {"url": f"{step_address(version, key, number)}#{problem.target}", "text": problem.line}
            for number, problem in error.problems
        ]
        return show_review(request, version, key, errors=errors, may_publish=may_publish)
    except EmptyError:
        nothing = {"url": step_address(version, key, 1), "text": "Répondez à au moins une question."}
        return show_review(request, version, key, errors=[nothing], may_publish=may_publish)
    except (ClosedError, NotOpenYetError, NotPublishedError):
        return not_open(request, version, key)
    except (NoDraftError, RefusedError):
        return no_draft(request, version, key)
    return redirect("receipt", request.prefecture.slug, receipt.code)


def show_review(
    request: HttpRequest,
    version: QuestionnaireVersion,
    key: str,
    *,
    errors: list[dict[str, str]] | None = None,
    may_publish: bool | None = None,
) -> HttpResponse:
    kept = drafts.find(version.consultation, key)
    if kept is None:
        return no_draft(request, version, key)
    themes = answered(version.content["steps"], kept.answers)
    for theme in themes:
        theme["url"] = step_address(version, key, theme["number"])
    context = page(version, key=key, themes=themes, errors=errors or [])
    context["total"] = context["number"] = len(themes) + 1
    context["may_publish"] = kept.may_publish if may_publish is None else may_publish
    context["speaker"] = next(label for value, label, _ in SPEAKERS if value == kept.audience)
    return render(request, "contributions/public/review_answers.html", context)


def not_open(
    request: HttpRequest, version: QuestionnaireVersion, key: str, typed: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """Too late, or too early: why, and the words that were written, to be copied; what was sent in time is shown."""
    kept = drafts.find(version.consultation, key)
    if kept is None and was_sent(version, key):
        return no_draft(request, version, key, typed)
    said = answered(version.content["steps"], kept.answers) if kept else []
    texts = merged([row for theme in said for row in theme["answers"]], typed or [])
    return render(request, "contributions/public/not_open.html", page(version, texts=texts), status=CONFLICT)


def no_draft(
    request: HttpRequest, version: QuestionnaireVersion, key: str, typed: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """Sent already, which is said with the receipt; or gone. What was typed since is shown."""
    texts = [row for row in typed or [] if row["texts"]]
    address = ""
    if was_sent(version, key):
        address = reverse("receipt", args=[request.prefecture.slug, receipt_of(version.consultation, key).code])
        if not texts:
            return redirect(address)
    context = page(version, texts=texts, receipt_address=address)
    return render(request, "contributions/public/no_draft.html", context, status=GONE)


def typed_in(step: Step, request: HttpRequest) -> list[dict[str, Any]]:
    """What this very request brought, in words."""
    answers = {name_of(step, q): request.POST.getlist(name_of(step, q)) for q in step["questions"]}
    return [row for row in answered([step], answers)[0]["answers"] if row["texts"]]


def merged(kept: list[dict[str, Any]], typed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was kept, and what was typed last in its place."""
    latest = {row["name"]: row for row in [*kept, *typed]}
    return [row for row in latest.values() if row["texts"] and row["is_typed"]]


def step_address(version: QuestionnaireVersion, key: str, number: int) -> str:
    consultation = version.consultation
    return reverse("answer_step", args=[consultation.prefecture.slug, consultation.campaign.slug, key, number])


def neighbour(version: QuestionnaireVersion, key: str, number: int) -> str:
    """The page before the first theme is the start; after the last comes the review."""
    consultation = version.consultation
    if number == 0:
        return f"{consultation.get_absolute_url()}?{urlencode({'brouillon': key})}"
    if number > len(version.content["steps"]):
        return reverse("review_answers", args=[consultation.prefecture.slug, consultation.campaign.slug, key])
    return step_address(version, key, number)
