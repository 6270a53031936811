"""What every page of one questionnaire starts from: the version that is asked, and where it is in time."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from assises.clock import TransactionNow
from assises.look.templatetags.french import clock, short_day, zone_name
from consultations.around.contact import contact_of
from consultations.asking import conditions
from consultations.models import Consultation, QuestionnaireVersion
from contributions import codes, drafts
from contributions.intake.answers import Step
from contributions.intake.web import NoDraftError, receipt_of
from contributions.models import Draft
from contributions.open_draft import asked_now


def opened_version(request: HttpRequest, campaign: str, key: str) -> QuestionnaireVersion:
    """What is asked here, and the draft that is open (`drafts.find` gives it): one statement in all.

    For views that are declared with `verifies_prefecture(holder=...)`.
    """
    version, draft = asked_now(request, campaign, key)
    drafts.lay_open(version.consultation, key, draft)
    return version


def path_of(version: QuestionnaireVersion, kept: Draft) -> list[Step]:
    """The steps that this person is asked, given what they have answered, with what applies only."""
    steps, paths = version.content["steps"], getattr(version, "paths", None)
    if paths is None:
        return conditions.asked(steps, kept.audience, kept.answers)
    if kept.audience not in paths:  # nothing waits for an answer here: the same for all who speak as they do
        paths[kept.audience] = conditions.asked(steps, kept.audience, {})
    return paths[kept.audience]


def holder_of(kwargs: dict[str, Any]) -> str:
    return codes.hash_of(kwargs["draft"])


def published_version(request: HttpRequest, campaign: str) -> QuestionnaireVersion:
    """What is asked here, with the moment of this transaction; one statement."""
    rows = QuestionnaireVersion.objects.for_prefecture(request.prefecture).select_related("consultation__campaign")
    # A withdrawn one too: whoever was writing is told so, and given back what they wrote.
    rows = rows.filter(consultation__campaign__slug=campaign, consultation__published_at__isnull=False)
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
        "is_withdrawn": consultation.state == Consultation.State.WITHDRAWN,
        "contact": contact_of(consultation),
        "aside": f"{consultation.prefecture.name}, jusqu’au {until(consultation)}",
        **more,
    }


def until(consultation: Consultation) -> str:
    """« 5 février à 18 h (heure de Paris) »."""
    zone = consultation.prefecture.zone
    local = consultation.closes_at.astimezone(zone)
    return f"{short_day(local)} à {clock(local, zone)} ({zone_name(zone)})"


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


def later_address(version: QuestionnaireVersion, key: str) -> str:
    consultation = version.consultation
    return reverse("leave_answers", args=[consultation.prefecture.slug, consultation.campaign.slug, key])


def speak_address(version: QuestionnaireVersion, key: str) -> str:
    consultation = version.consultation
    return reverse("speak_for", args=[consultation.prefecture.slug, consultation.campaign.slug, key])


def step_address(version: QuestionnaireVersion, key: str, number: int) -> str:
    consultation = version.consultation
    return reverse("answer_step", args=[consultation.prefecture.slug, consultation.campaign.slug, key, number])
