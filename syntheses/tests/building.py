"""Closed consultations with what people said in them, and syntheses in each state."""

import uuid
from datetime import timedelta

from django.db.models.functions import Now
from django.test import Client

from assises import clock
from assises.jobs.run import run_due, run_routine
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import PASSWORD, make_campaign, make_member, make_open_consultation, make_prefecture
from consultations.models import Audience, Campaign, QuestionnaireVersion
from contributions.intake.record import Passage, Submission, record_many
from contributions.models import Channel
from syntheses.answer import acknowledge, send_back
from syntheses.build import BUILD, FIRST
from syntheses.models import Synthesis
from syntheses.transmit import transmit
from syntheses.validate import validate, version_to_validate

HOUR = timedelta(hours=1)
ANSWERS = {"presence.jugement": "bonne", "presence.lieux": ["ailleurs"], "accueil.plainte": "oui"}


def closed_consultation(code="02", campaign=None):
    """Closed an hour ago; its exercise is launched."""
    with as_ministry():
        moment = clock.now()
    made = make_open_consultation(
        make_prefecture(code), opens_at=moment - 48 * HOUR, closes_at=moment - HOUR, campaign=campaign
    )
    with as_ministry():
        Campaign.objects.filter(pk=made.campaign_id).update(launched_at=Now())
    return made


def said(consultation, *, answers=None, finding="", proposal="", theme="presence", **facts):
    """One contribution, entered by staff after closing under the date on which it was made."""
    return said_by(consultation, [contribution(consultation, answers, finding, proposal, theme, **facts)])


def contribution(consultation, answers=None, finding="", proposal="", theme="presence", **facts):
    passages = [Passage(kind, text, theme) for kind, text in (("finding", finding), ("proposal", proposal)) if text]
    facts.setdefault("version", version_of(consultation))
    return Submission(
        prefecture=consultation.prefecture_id,
        consultation=consultation.pk,
        channel=Channel(facts.pop("channel", "web")),
        audience=Audience(facts.pop("audience", "public")),
        submission_key=facts.pop("key", None) or uuid.uuid4(),
        answers=answers or ({} if passages else ANSWERS),
        passages=tuple(passages),
        may_publish=facts.pop("may_publish", True),
        acted_at=consultation.closes_at - HOUR,
        **facts,
    )


def said_by(consultation, submissions):
    with as_prefecture(consultation.prefecture_id):
        return record_many(submissions)


def version_of(consultation):
    with as_prefecture(consultation.prefecture_id):
        rows = QuestionnaireVersion.objects.filter(consultation=consultation)
        return rows.order_by("number").values_list("pk", flat=True).last()


def built(code="02", consultation=None, **facts):
    """A closed consultation whose first version the jobs have made."""
    consultation = consultation or closed_consultation(code, **facts)
    code = consultation.prefecture_id
    run_routine(FIRST, code)
    run_due(BUILD, code)
    return stored(consultation)


def stored(consultation):
    with as_prefecture(consultation.prefecture_id):
        rows = Synthesis.objects.select_related("consultation__campaign", "consultation__prefecture")
        return rows.get(consultation=consultation)


def validated(synthesis, actor=None):
    code = synthesis.prefecture_id
    actor = actor or make_member(make_prefecture(code), "prefect", "Paule Préfète")
    with as_prefecture(code):
        validate(synthesis, version_to_validate(synthesis).number, actor=actor)
    return synthesis


def transmitted(synthesis, actor=None):
    actor = actor or make_member(make_prefecture(synthesis.prefecture_id), "prefect", "Paule Préfète")
    validated(synthesis, actor)
    with as_prefecture(synthesis.prefecture_id):
        transmit(synthesis, actor=actor)
    return synthesis


def answered(synthesis, reason=""):
    lead = make_member(None, "lead", "Hélène Pilote")
    with as_ministry():
        if reason:
            send_back(synthesis, actor=lead, reason=reason)
        else:
            acknowledge(synthesis, actor=lead)
    return synthesis


def documents(synthesis):
    with as_prefecture(synthesis.prefecture_id):
        return list(synthesis.documents.order_by("number"))


def staff(code, role, *, signs=False):
    """A logged-in member; `signs` has just typed the password again."""
    client = Client()
    person = make_member(make_prefecture(code) if code else None, role)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    if signs:
        client.post("/compte/confirmation/", {"password": PASSWORD})
    client.person = person
    return client


def address(synthesis, *rest):
    campaign, slug = synthesis.consultation.campaign.slug, synthesis.consultation.prefecture.slug
    return "/".join([f"/{slug}/prefecture/syntheses/{campaign}", *rest, ""])


def ministry_address(synthesis, *rest):
    campaign = synthesis.consultation.campaign.slug
    return "/".join([f"/ministere/syntheses/{campaign}/{synthesis.prefecture_id}", *rest, ""])


def campaign_for(*codes):
    """One exercise closed in several departments."""
    campaign = make_campaign(themes=0)
    return campaign, [closed_consultation(code, campaign=campaign) for code in codes]
