"""« Ce qui a été dit », made once for pages to be looked at: in two departments where nothing else is shown."""

from typing import Any

from django.db.models.functions import Now

from assises import clock
from assises.accounts.models import Membership
from assises.tenancy.context import as_ministry, as_prefecture
from assises.tests.browser.visits import Visit
from consultations.models import Campaign, Consultation
from contributions.words_sought import fill
from syntheses.models import Analysis, Echo, Idea, Reading
from syntheses.reading.decide import decide_theme
from syntheses.reading.owe import WHOLE, owe
from syntheses.tests.building import closed_consultation, contribution, said_by
from syntheses.tests.readings.read import read

CODE, EMPTY = "974", "03"
TITLE = "Ce que l’on dit de la sécurité"
FINDINGS = (
    "On ne voit plus de patrouille à pied après 18 heures dans le bourg.",
    "La voiture passe, elle ne s’arrête jamais. On ne connaît plus leurs visages.",
    "Les motos font la course devant l’école et personne ne vient.",
    "L’accueil est fermé le samedi : il faut prendre un jour de congé pour déposer plainte.",
    "<b>Trois vols</b> de gazole en un an, trois plaintes & jamais un appel.",
)
PROPOSALS = (
    "Tenir une permanence mensuelle de la gendarmerie en mairie, annoncée à l’avance.",
    "Mettre un radar devant l’école. Il faudrait aussi rouvrir le poste le samedi, pour ceux qui travaillent.",
)
CAMPAIGN = "Nous demandons à {} le retour de la police de nuit et trois caméras sur la place. Nous sommes nombreux."


def one_in(code: str) -> tuple[Any, bool]:
    """Made once in each database."""
    with as_prefecture(code):
        rows = Consultation.objects.for_prefecture(code).select_related("campaign", "prefecture")
        found = rows.filter(campaign__title=TITLE).first()
    if found:
        return found, False
    fresh = closed_consultation(code)
    with as_ministry():
        Campaign.objects.filter(pk=fresh.campaign_id).update(title=TITLE)
    return one_in(code)[0], True


def made() -> Any:
    """People of every kind, one letter that several sent, and two decisions of an agent."""
    consultation, is_new = one_in(CODE)
    return filled(consultation) if is_new else consultation


def filled(consultation: Any) -> Any:
    people = [contribution(consultation, finding=text) for text in FINDINGS * 3]
    people += [contribution(consultation, proposal=text, channel="mail", audience="elected") for text in PROPOSALS * 2]
    people += [contribution(consultation, finding=CAMPAIGN.format(town), channel="letter")
               for town in ("Morteau", "Ornans", "Levier")]  # fmt: skip
    people += [contribution(consultation, finding=FINDINGS[0], audience="forces")]
    people += [contribution(consultation) for _ in range(12)]
    said_by(consultation, people)
    read(consultation)
    with as_prefecture(CODE):
        fill(CODE)
        who = Membership.objects.filter(prefecture=CODE).select_related("user").earliest("pk").user
        rows = list(Reading.objects.of(consultation).select_related("statement").order_by("pk")[:2])
        decide_theme(consultation, rows, ["accueil"], actor=who)
        Reading.objects.of(consultation).filter(by_theme=False).update(teaches=5, sure=50)
    return read(consultation)


def where(**more: Any) -> dict[str, Any]:
    consultation = made()
    return {"departement": consultation.prefecture.slug, "campaign": consultation.campaign.slug, **more}


def of_theme() -> dict[str, Any]:
    return where(theme="presence")


def of_idea() -> dict[str, Any]:
    consultation = made()
    with as_prefecture(CODE):
        return where(key=Idea.objects.of(consultation).order_by("-passages", "key").first().key)


def of_echo() -> dict[str, Any]:
    consultation = made()
    with as_prefecture(CODE):
        return where(key=Echo.objects.of(consultation).first().key)


def of_statement() -> dict[str, Any]:
    """One that somebody has decided about."""
    consultation = made()
    with as_prefecture(CODE):
        return where(number=Reading.objects.of(consultation).filter(by_theme=True).earliest("pk").statement_id)


def to_be_looked_at() -> dict[str, Any]:
    consultation = made()
    with as_prefecture(CODE):
        Reading.objects.of(consultation).filter(by_theme=False).update(teaches=5, sure=50)
    return where()


def unread() -> Any:
    return one_in(EMPTY)[0]


def nothing() -> dict[str, Any]:
    consultation = unread()
    return {"departement": consultation.prefecture.slug, "campaign": consultation.campaign.slug}


def failed() -> dict[str, Any]:
    consultation = unread()
    with as_prefecture(EMPTY):
        owe(consultation, WHOLE, clock.now())
        Analysis.objects.owed().update(attempts=6, given_up_at=Now(), last_error="MemoryError : trop de textes")
    return nothing()


def waiting() -> dict[str, Any]:
    consultation = unread()
    with as_prefecture(EMPTY):
        Analysis.objects.update(done_at=Now(), given_up_at=None)
        owe(consultation, WHOLE, clock.now())
    return nothing()


READ = [
    Visit("readings", "agent"),
    Visit("reading", "agent", given=where, code=CODE),
    Visit("reading", "prefect", given=where, code=CODE),
    Visit("reading", "editor", "nothing", nothing, code=EMPTY),
    Visit("reading", "editor", "failed", failed, code=EMPTY),
    Visit("reading", "editor", "waiting", waiting, code=EMPTY),
    Visit("reading_theme", "agent", given=of_theme, code=CODE),
    Visit("reading_theme", "agent", "list", of_theme, query="?liste=constats", code=CODE),
    Visit("reading_off", "agent", given=where, code=CODE),
    Visit("reading_idea", "agent", given=of_idea, code=CODE),
    Visit("reading_idea_rename", "agent", given=of_idea, code=CODE),
    Visit("reading_idea_merge", "agent", given=of_idea, code=CODE),
    Visit("reading_echoes", "agent", given=where, code=CODE),
    Visit("reading_echo", "agent", given=of_echo, code=CODE),
    Visit("reading_statement", "agent", given=of_statement, code=CODE),
    Visit("reading_search", "agent", given=where, query="?mots=patrouilles", code=CODE),
    Visit("reading_search", "prefect", "slip", given=where, query="?mots=patrouiles", code=CODE),
    Visit("reading_crosstabs", "prefect", given=where, code=CODE),
    Visit("reading_pile", "agent", given=to_be_looked_at, code=CODE),
    Visit("reading_pile", "agent", "empty", nothing, code=EMPTY),
    Visit("reading_decisions", "prefect", given=where, code=CODE),
    Visit("reading_run", "agent", given=where, code=CODE),
]
