"""The questionnaire: one theme a page, everything read again, sent.

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
from assises.look.templatetags.look import NUMBERS
from consultations.around import passings
from consultations.asking import conditions
from consultations.models import QuestionnaireVersion
from contributions import drafts
from contributions.intake import communes
from contributions.intake.answers import (
    Person,
    Problem,
    Step,
    Typed,
    as_typed,
    detail_of,
    elsewhere,
    names_in,
    read_step,
    unasked,
)
from contributions.intake.record import ClosedError, EmptyError, NotOpenYetError, NotPublishedError, RefusedError
from contributions.intake.web import NoDraftError, NotReadyError, receipt_of, send
from contributions.models import Draft
from contributions.questionnaire import SPEAKERS, answered, answers_in, asked
from contributions.views.asking import page, published_version, step_address, was_sent

GET_AND_POST = ["GET", "HEAD", "POST"]
BACK = "revenir"
CONFLICT, GONE = 409, 410


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
    kept = drafts.find(version.consultation, draft)
    if kept is None:
        return no_draft(request, version, draft, typed_in(step, request))
    if request.method == "POST":
        return save_step(request, version, kept, draft, number)
    if number not in numbers(version, kept):
        return redirect(neighbour(version, kept, draft, number, 1))
    return show_step(request, version, kept, number, typed=lambda name: as_typed(kept.answers.get(name)))


def save_step(request: HttpRequest, version: QuestionnaireVersion, kept: Draft, key: str, number: int) -> HttpResponse:
    """Keep what can be kept, even when something has to be mended; then go on, or back."""
    step = version.content["steps"][number - 1]
    goes_back = request.POST.get("action") == BACK
    person = Person(audience=kept.audience, find=communes.finder(version.prefecture_id))
    earlier = elsewhere(version.content["steps"], step, kept.answers, kept.audience)
    answers, problems = read_step(step, request.POST.getlist, person=person, earlier=earlier, is_final=not goes_back)
    wrong = {name for problem in problems for name in (problem.name, detail_of(problem.name))}
    good = unasked(step, request.POST.getlist, answers) | answers
    good = {name: value for name, value in good.items() if name not in wrong}
    names = [name for name in names_in(step) if name not in wrong]
    if not drafts.save(version.consultation, key, names=names, answers=good):
        return no_draft(request, version, key, typed_in(step, request))
    kept.answers = {name: value for name, value in kept.answers.items() if name not in names} | good
    if problems:
        return show_step(request, version, kept, number, typed=request.POST.getlist, problems=problems)
    if not goes_back and number > kept.furthest and drafts.reach(version.consultation, key, number):
        passings.count(version.consultation, number, kept.link_id)
    return redirect(neighbour(version, kept, key, number, -1 if goes_back else 1))


def numbers(version: QuestionnaireVersion, kept: Draft) -> list[int]:
    """The steps that this person is asked, given what they have answered."""
    return [step["number"] for step in conditions.asked(version.content["steps"], kept.audience, kept.answers)]


def show_step(
    request: HttpRequest,
    version: QuestionnaireVersion,
    kept: Draft,
    number: int,
    *,
    typed: Typed,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    step = version.content["steps"][number - 1]
    earlier = elsewhere(version.content["steps"], step, kept.answers, kept.audience)
    questions = asked(step, typed, problems, audience=kept.audience, earlier=earlier)
    errors = [{"target": problem.target, "text": problem.line} for problem in problems]
    context = page(version, theme=step["theme"], questions=questions, errors=errors)
    path = numbers(version, kept)
    context["number"] = path.index(number) + 1 if number in path else number
    context["total"] = len(path) + 1
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
        return redirect(leave_review(version, draft, may_publish=may_publish))
    if request.method == "POST":
        return send_draft(request, version, draft, may_publish=may_publish)
    if not version.consultation.is_open_at(version.moment):
        return not_open(request, version, draft)
    return show_review(request, version, draft)


def leave_review(version: QuestionnaireVersion, key: str, *, may_publish: bool) -> str:
    drafts.allow_quoting(version.consultation, key, may_publish=may_publish)
    kept = drafts.find(version.consultation, key)
    return (
        neighbour(version, kept, key, len(version.content["steps"]) + 1, -1) if kept else step_address(version, key, 1)
    )


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
    themes = answered(version.content["steps"], kept.answers, kept.audience)
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
    steps = version.content["steps"] if kept else []
    said = [row for step in steps for row in answers_in(step, kept.answers)]
    texts = merged(said, typed or [])
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
    typed = {name: request.POST.getlist(name) for name in names_in(step)}
    details = {name: values[-1] for name, values in typed.items() if name.endswith(".autre") and values}
    return [row for row in answers_in(step, typed | details) if row["texts"]]


def merged(kept: list[dict[str, Any]], typed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was kept, and what was typed last in its place."""
    latest = {row["name"]: row for row in [*kept, *typed]}
    return [row for row in latest.values() if row["texts"] and row["is_typed"]]


def neighbour(version: QuestionnaireVersion, kept: Draft, key: str, number: int, way: int) -> str:
    """The page before the first theme is the start; after the last comes the review."""
    consultation = version.consultation
    path = numbers(version, kept)
    if way > 0:
        following = next((each for each in path if each > number), None)
    else:
        following = next((each for each in reversed(path) if each < number), None)
    if following:
        return step_address(version, key, following)
    if way < 0:
        return f"{consultation.get_absolute_url()}?{urlencode({'brouillon': key})}"
    return reverse("review_answers", args=[consultation.prefecture.slug, consultation.campaign.slug, key])
