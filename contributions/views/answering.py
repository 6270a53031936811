"""The questionnaire: one theme a page, everything read again, sent.

No cookie and no session: whoever has a draft's address may write in it, and nobody can forge a form without it. That
is why these pages do without a CSRF token, and why a page left open for days still sends what was typed.
"""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assises.access import public
from assises.accounts.kept import verifies_prefecture
from assises.kept_words import keeps_words
from assises.look.templatetags.look import NUMBERS
from consultations.asking.duration import minutes
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
from contributions.intake.record import (
    ClosedError,
    EmptyError,
    NotOpenYetError,
    NotPublishedError,
    RefusedError,
    ReplacedError,
)
from contributions.intake.web import NoDraftError, NotReadyError, receipt_of, send
from contributions.limits import HONEYPOT, SlowedError, sender_of
from contributions.models import Draft
from contributions.page.step import plain_page, step_page
from contributions.questionnaire import SPEAKERS, answered, answers_in, asked, offered
from contributions.safety.concern import Concern, concern_of, texts_in
from contributions.views import autosave
from contributions.views.asking import (
    holder_of,
    later_address,
    opened_version,
    page,
    path_of,
    step_address,
    was_sent,
)

GET_AND_POST = ["GET", "HEAD", "POST"]
BACK, LATER, KEEP = "revenir", "plus-tard", "garder"
CONFLICT, GONE, TOO_MANY = 409, 410, 429
NO_CONCERN = Concern([], None)


@keeps_words
@public
@verifies_prefecture(holder=holder_of)
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(GET_AND_POST)
def answer_step(request: HttpRequest, campaign: str, draft: str, number: int) -> HttpResponse:
    """One theme."""
    version = opened_version(request, campaign, draft)
    steps = version.content["steps"]
    if not drafts.is_key(draft) or not 1 <= number <= len(steps):
        raise Http404
    step = steps[number - 1]
    is_autosave = request.POST.get("action") == KEEP
    if not version.consultation.is_open_at(version.moment):
        return autosave.closed() if is_autosave else not_open(request, version, draft, typed_in(step, request))
    kept = drafts.find(version.consultation, draft)
    if kept is None:
        return autosave.gone() if is_autosave else no_draft(request, version, draft, typed_in(step, request))
    if request.method == "POST":
        return save_step(request, version, kept, draft, number)
    if number not in numbers(version, kept):
        return redirect(neighbour(version, kept, draft, number, 1))
    return show_step(request, version, kept, number)


def save_step(request: HttpRequest, version: QuestionnaireVersion, kept: Draft, key: str, number: int) -> HttpResponse:
    """Keep what can be kept, even when something has to be mended; then go on, back, away, or stay."""
    step = version.content["steps"][number - 1]
    action = request.POST.get("action")
    goes_on = action not in {BACK, LATER, KEEP}
    person = Person(audience=kept.audience, find=communes.finder(version.prefecture_id))
    earlier = elsewhere(path_of(version, kept), number, kept.answers)
    answers, problems = read_step(step, request.POST.getlist, person=person, earlier=earlier, is_final=goes_on)
    wrong = {name for problem in problems for name in (problem.name, detail_of(problem.name))}
    good = unasked(step, request.POST.getlist, answers) | answers
    good = {name: value for name, value in good.items() if name not in wrong}
    names = [name for name in names_in(step) if name not in wrong]
    concern = concern_of(texts_in(step, good))
    is_asked = bool(goes_on and not problems and concern and number not in kept.warned_on)
    reached = number if goes_on and not problems and not is_asked else 0
    if not drafts.save(version.consultation, key, names=names, answers=good, reached=reached):
        return autosave.gone() if action == KEEP else no_draft(request, version, key, typed_in(step, request))
    if action == KEEP:
        return autosave.kept(version, problems, concern.urgent)
    kept.answers = {name: value for name, value in kept.answers.items() if name not in names} | good
    if problems or is_asked:
        if is_asked:
            drafts.warn(version.consultation, key, number)
        # What was just typed, with what has to be mended or thought over.
        context = step_context(version, kept, number, request.POST.getlist, problems)
        return plain_page(request, context | {"concern": concern if is_asked else NO_CONCERN})
    if action == LATER:
        return redirect(later_address(version, key))
    return redirect(neighbour(version, kept, key, number, 1 if goes_on else -1))


def numbers(version: QuestionnaireVersion, kept: Draft) -> list[int]:
    return [step["number"] for step in path_of(version, kept)]


def show_step(request: HttpRequest, version: QuestionnaireVersion, kept: Draft, number: int) -> HttpResponse:
    """What was answered, to be read or changed. The page is made once; a session may hold a word for somebody."""

    def typed(name: str) -> list[str]:
        return as_typed(kept.answers.get(name))

    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return plain_page(request, step_context(version, kept, number, typed))
    path = path_of(version, kept)
    step = version.content["steps"][number - 1]
    here = tuple(q["key"] for q in offered(step, kept.audience, elsewhere(path, number, kept.answers)))
    key = (version.stamps, number, tuple(each["number"] for each in path), here, kept.body.get("name", ""))
    return step_page(
        request,
        lambda: step_context(version, kept, number, typed),
        key=key,
        draft=request.resolver_match.kwargs["draft"],
        answers=kept.answers,
    )


def step_context(
    version: QuestionnaireVersion, kept: Draft, number: int, typed: Typed, problems: Sequence[Problem] = ()
) -> dict[str, Any]:
    """All that a step’s page says. Whoever adds to it adds to the key in `show_step`: a kept page is everybody’s."""
    steps, path = version.content["steps"], path_of(version, kept)
    step, on_path = steps[number - 1], numbers(version, kept)
    earlier = elsewhere(path, number, kept.answers)
    questions = asked(step, typed, problems, audience=kept.audience, earlier=earlier)
    errors = [{"target": problem.target, "text": problem.line} for problem in problems]
    return page(
        version,
        theme=step["theme"],
        questions=questions,
        errors=errors,
        errors_title=errors_title(len(errors)),
        number=on_path.index(number) + 1 if number in on_path else number,
        total=len(path) + 1,
        all_optional=not any(question.is_required for question in questions),
        concern=NO_CONCERN,
        speaks_for=kept.body.get("name", ""),
        remaining=minutes([steps[each - 1] for each in on_path if each >= number]),
    )


def errors_title(number: int) -> str:
    in_words = NUMBERS[number] if number < len(NUMBERS) else number
    return f"{in_words} réponse est à revoir" if number == 1 else f"{in_words} réponses sont à revoir"


@keeps_words
@public
@verifies_prefecture(holder=holder_of)
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(GET_AND_POST)
def review_answers(request: HttpRequest, campaign: str, draft: str) -> HttpResponse:
    """Everything read again, the permission to quote, and the one button that sends."""
    version = opened_version(request, campaign, draft)
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
        receipt = send(version, key, may_publish=may_publish, sender=sender_of(request))
    except NotReadyError as error:
        told: dict[str, Any] = {
            "errors": [
                {"url": f"{step_address(version, key, number)}#{problem.target}", "text": problem.line}
                for number, problem in error.problems
            ]
        }
    except EmptyError:
        nothing = {"url": step_address(version, key, 1), "text": "Répondez à au moins une question."}
        told = {"errors": [nothing]}
    except SlowedError as error:
        told = {"slowed_until": error.until}
    except (ClosedError, NotOpenYetError, NotPublishedError):
        return not_open(request, version, key)
    except ReplacedError:
        return render(request, "contributions/public/not_replaced.html", page(version), status=CONFLICT)
    except (NoDraftError, RefusedError):
        return no_draft(request, version, key)
    else:
        return redirect("receipt", request.prefecture.slug, receipt.code)
    return show_review(request, version, key, may_publish=may_publish, **told)


def show_review(
    request: HttpRequest,
    version: QuestionnaireVersion,
    key: str,
    *,
    errors: list[dict[str, str]] | None = None,
    may_publish: bool | None = None,
    slowed_until: datetime | None = None,
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
    context |= {"speaks_for": kept.body.get("name", ""), "trap": HONEYPOT, "slowed_until": slowed_until}
    context |= {"later_url": later_address(version, key), "replaces": kept.replaces_id is not None}
    status = TOO_MANY if slowed_until else HTTPStatus.OK
    return render(request, "contributions/public/review_answers.html", context, status=status)


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
