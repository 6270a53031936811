"""What a few contributions of the demo have besides words: a body in whose name they speak, a decision to contest."""

from pathlib import Path
from typing import Any

from assises import clock
from assises.accounts.models import Membership
from assises.look.typeset import MEDIA_TYPE, tagged_pdf
from assises.tenancy.context import Scope, as_prefecture, scoped
from consultations.models import Audience, Kind, QuestionnaireVersion
from contributions import bodies, drafts
from contributions.demo.sentences import FINDINGS
from contributions.intake import web
from contributions.intake.answers import name_of
from contributions.look_at import look_at
from contributions.models import Contact, Request, Statement
from contributions.requests import ask

CAMPAIGN = "securite-du-quotidien"
OPEN, CLOSED = "02", "32"
TEMPLATE = Path(__file__).with_name("statement.typ")
TITLE = "Contribution de la chambre de commerce"
BODIES: tuple[dict[str, Any], ...] = (
    {"name": "Chambre de commerce et d’industrie", "represented": 12_400, "wants_attribution": True},
    {"name": "Association des riverains du Faubourg", "represented": 230, "wants_attribution": False},
    {"name": "Mairie de Saint-Aubin-des-Vignes", "represented": None, "wants_attribution": True},
)
SPEAKERS = (Audience.BUSINESS, Audience.ASSOCIATION, Audience.ELECTED)
MAY_BE_QUOTED = (True, True, False)
CONTESTED = "Je ne nomme personne : « la rue du Moulin » est un lieu, pas une adresse."


def fill_states() -> None:
    """Once: what is there is left alone."""
    fill_bodies()
    fill_appeal()


def fill_bodies() -> None:
    with as_prefecture(OPEN):
        rows = QuestionnaireVersion.objects.for_prefecture(OPEN).select_related("consultation__campaign")
        version = rows.filter(consultation__campaign__slug=CAMPAIGN).order_by("number").last()
        if version is None or Contact.objects.exists() or not version.consultation.is_open_at(clock.now()):
            return
    for body, speaker, may_publish in zip(BODIES, SPEAKERS, MAY_BE_QUOTED, strict=True):
        with scoped(Scope("public", OPEN)):
            send(version, body, speaker, may_publish=may_publish)


def send(version: QuestionnaireVersion, body: dict[str, Any], speaker: Audience, *, may_publish: bool) -> None:
    """As a body does on the site: a draft, its name, its document, the last button."""
    consultation, key = version.consultation, drafts.new_key()
    drafts.begin(consultation, key, speaker)
    answers = {
        name_of(step, q): FINDINGS[0]
        for step in version.content["steps"]
        for q in step["questions"]
        if q["kind"] == Kind.FINDING and not q["audiences"]
    }
    drafts.save(consultation, key, names=answers, answers=answers)
    has_file = body is BODIES[0]
    if has_file:
        bodies.join(consultation, key, ("contribution-de-la-chambre.pdf", MEDIA_TYPE, document(body["name"])))
    bodies.say(consultation, key, body | {"has_file": has_file})
    web.send(version, key, may_publish=may_publish)


def document(body: str) -> bytes:
    lines = ["Nos adhérents demandent un interlocuteur unique, et des rondes à pied à la fermeture des boutiques."]
    return tagged_pdf(TEMPLATE, {"title": TITLE, "body": body, "lines": lines, "date": clock.now().date().isoformat()})


def fill_appeal() -> None:
    """A passage that somebody of the team keeps from being quoted, and its author contests it."""
    with as_prefecture(CLOSED):
        mine = Statement.objects.for_prefecture(CLOSED).filter(contribution__consultation__campaign__slug=CAMPAIGN)
        passage = mine.select_related("contribution__consultation").order_by("pk").first()
        agent = Membership.objects.filter(prefecture=CLOSED, role="agent").select_related("user").order_by("pk").first()
        if passage is None or agent is None or Request.objects.exists():
            return
        contribution = passage.contribution
        if not contribution.consultation.has_closed_at(clock.now()):
            return
        mine.filter(pk=passage.pk).update(withheld=Statement.Withheld.PERSONAL)
        passage.withheld = str(Statement.Withheld.PERSONAL)
        look_at(passage, actor=agent.user, may_be_quoted=False)
        ask(contribution, str(Request.Kind.APPEAL), CONTESTED)
