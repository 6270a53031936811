"""The page of one consultation: what it is about, until when, how to take part; who speaks."""

from typing import Any

from django.db.models import Func, IntegerField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assises.access import public
from assises.accounts.kept import refreshed, verifies_prefecture
from assises.clock import TransactionNow
from assises.kept_words import keeps_words
from consultations.around import passings
from consultations.around.announce import said
from consultations.around.contact import contact_of
from consultations.asking.duration import minutes
from consultations.meetings.read import lines_of, shown_in
from consultations.models import (
    Attachment,
    Audience,
    Consultation,
    Extension,
    Passing,
    Place,
    QuestionnaireVersion,
    ShortLink,
)
from contributions import drafts, invited
from contributions.open_draft import looked_up
from contributions.questionnaire import speakers_of
from contributions.views.asking import begin, speak_address, step_address
from contributions.ways import ways_of

GET_AND_POST = ["GET", "HEAD", "POST"]
LONGEST_CODE = 12


@keeps_words
@public
@verifies_prefecture(holder=lambda _: "")
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(GET_AND_POST)
def consultation(request: HttpRequest, campaign: str) -> HttpResponse:
    """What it is about, until when, how long it takes; who speaks."""
    found, version = published(request, campaign)
    link = link_of(found, request.GET.get("lien", "") or request.POST.get("lien", ""))
    if passings.is_person(request):
        passings.count(found, Passing.Point.PAGE, link)
    given = request.POST or request.GET
    partner = invited.partner_of(found, given.get("invitation", ""))
    may_answer = found.is_open_at(found.moment) and found.is_online and has_questions(version)
    may_start = may_answer and invited.may_start(found, partner)
    speaker, key, error = given.get("public", ""), given.get("brouillon", ""), ""
    for_a_body = given.get("nom") == "organisme"
    if request.method == "POST" and may_start:
        if speaker in Audience.values:
            key = begin(version, key, speaker)
            invited.note(found, key, partner=partner, link=link)
            return redirect(speak_address(version, key) if for_a_body else step_address(version, key, 1))
        error = "Choisissez la ligne qui vous convient le mieux."
    elif drafts.is_key(key) and (kept := drafts.find(found, key)):
        speaker, for_a_body = kept.audience, bool(kept.body)
    context = page_of(found, version) | {
        "key": key if drafts.is_key(key) else drafts.new_key(),
        "speaker": speaker or (partner.audience if partner else ""),
        "partner": partner,
        "body": for_a_body,
        "invitation": given.get("invitation", "") if partner else "",
        "link": link,
        "may_answer": may_answer,
        "may_start": may_start,
        "errors": [{"target": "public", "text": f"Vous répondez en tant que\u00a0: {error}"}] if error else [],
        "error": error,
    }
    return render(request, "contributions/public/consultation.html", context)


def published(request: HttpRequest, campaign: str) -> tuple[Consultation, QuestionnaireVersion | None]:
    """What was published once, withdrawn or not, with the moment of this transaction; most have a questionnaire."""
    version, _ = looked_up(request, campaign)
    if version:
        return version.consultation, version
    request.prefecture = refreshed(request.prefecture.slug)
    rows = Consultation.objects.for_prefecture(request.prefecture).published().select_related("campaign")
    found = get_object_or_404(rows.annotate(moment=TransactionNow()), campaign__slug=campaign)
    found.prefecture = request.prefecture
    return found, None


def has_questions(version: QuestionnaireVersion | None) -> bool:
    return version is not None and any(step["questions"] for step in version.content["steps"])


def link_of(consultation: Consultation, code: str) -> ShortLink | None:
    """By which short link somebody came; one of another consultation counts for nothing."""
    if not 0 < len(code) <= LONGEST_CODE:
        return None
    rows = ShortLink.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(consultation=consultation, code=code).first()


def page_of(consultation: Consultation, version: QuestionnaireVersion | None) -> dict[str, Any]:
    """What the page says whoever reads it; five statements."""
    office, is_open = consultation.prefecture_id, consultation.is_open_at(consultation.moment)
    places = Place.objects.for_prefecture(office).filter(consultation=consultation)
    size = Func("content", function="octet_length", output_field=IntegerField())
    documents = Attachment.objects.for_prefecture(office).filter(consultation=consultation).defer("content")
    steps = [step for step in version.content["steps"] if step["questions"]] if version else []
    has_closed = consultation.has_closed_at(consultation.moment)
    meetings = lines_of(shown_in(consultation.prefecture).filter(consultation=consultation), consultation.moment)
    return {
        "consultation": consultation,
        "campaign": consultation.campaign,
        "exercise": consultation.campaign.title,
        "steps": steps or (version.content["steps"] if version else []),  # a letter has themes without any question
        "minutes": minutes(steps) if steps and consultation.is_online else 0,
        "speakers": speakers_of(consultation.campaign),
        "is_open": is_open,
        "has_closed": has_closed,
        "announced": list(said(consultation)) if has_closed else [],
        "is_withdrawn": consultation.state == Consultation.State.WITHDRAWN,
        "meetings": meetings,
        "ways": ways_of(
            consultation,
            list(places),
            has_questions=bool(steps),
            is_open=is_open,
            online=not is_open,
            meetings=any(not line["is_over"] for line in meetings),
        ),
        "documents": list(documents.annotate(size=size)),
        "extensions": list(Extension.objects.for_prefecture(office).filter(consultation=consultation)),
        "contact": contact_of(consultation),
    }
