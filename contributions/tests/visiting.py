"""Drafts and contributions for pages to be looked at, whatever the questionnaire asks."""

from assises import clock
from assises.tenancy.context import Scope, as_prefecture, as_public, scoped
from consultations.models import Kind, QuestionnaireVersion
from contributions import bodies, drafts
from contributions.intake import web
from contributions.intake.answers import name_of
from contributions.log.seal import seal_prefecture
from contributions.models import Feedback
from contributions.tests.said import contribute

WORDS = "Depuis la fermeture du poste, on ne voit plus personne après 18 heures."


def version_of(code, campaign):
    with as_public():
        rows = QuestionnaireVersion.objects.for_prefecture(code).select_related("consultation__campaign")
        return rows.filter(consultation__campaign__slug=campaign).latest("number")


def answer_to(question):
    """Something of the right kind, whatever is asked."""
    keys = [choice["key"] for choice in question["choices"] if not choice["key"].startswith("_")]
    if question["kind"] in {Kind.CHOICES, Kind.RANKING}:
        return keys[:2]
    typed = {Kind.NUMBER: "20", Kind.COMMUNE: "02722 Soissons"}.get(question["kind"], WORDS)
    return keys[0] if keys else typed


def written(code, campaign):
    """The key of a draft in which every question has an answer."""
    version, key = version_of(code, campaign), drafts.new_key()
    answers = {name_of(step, q): answer_to(q) for step in version.content["steps"] for q in step["questions"]}
    with scoped(Scope("public", code)):
        drafts.begin(version.consultation, key, "public")
        drafts.save(version.consultation, key, names=answers, answers=answers)
    return key


def alarmed(code, campaign):
    """Two passages that a person of the team should look at, one of them at once; somebody found it easy."""
    consultation = version_of(code, campaign).consultation
    with as_public():
        contribute(consultation, "Il me frappe, je ne sais plus quoi faire.")
        contribute(consultation, "Appelez M. Dupont au 06 12 34 56 78.")
    with as_prefecture(code):
        Feedback.objects.create(
            prefecture_id=code, consultation=consultation, ease="partly", text="Trop long.", given_on=clock.now().date()
        )


def in_the_name_of(code, campaign, name="Chambre de commerce et d’industrie de l’Aisne"):
    """The code of what a body has sent, with a document."""
    version, key = version_of(code, campaign), written(code, campaign)
    with scoped(Scope("public", code)):
        bodies.join(version.consultation, key, ("avis-de-la-chambre.pdf", "application/pdf", b"%PDF-1.7"))
        said = {"name": name, "represented": 12_400, "wants_attribution": True, "has_file": True}
        bodies.say(version.consultation, key, said)
        return web.send(version, key, may_publish=True).code


def received(code, campaign, *, sealed=False):
    """The code of a contribution that was sent on the web."""
    version, key = version_of(code, campaign), written(code, campaign)
    with scoped(Scope("public", code)):
        receipt = web.send(version, key, may_publish=True)
    if sealed:
        with as_prefecture(code):
            seal_prefecture(code)
    return receipt.code
