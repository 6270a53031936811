"""The meetings of the demo: those of the five cases as their accounts tell them, and some that are still to come.

What an account does not say is left unsaid: most give no day, and none says how many were there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assises import clock
from assises.accounts.models import Commune, Membership
from consultations.meetings import announce
from consultations.meetings.attend import say_present
from consultations.meetings.register import Given, register, register_caller
from consultations.models import Consultation, Meeting

TWO_HOURS = timedelta(hours=2)
PEOPLE = (
    ("Maëlle Cordier", ""),
    ("Bastien Thuillier", "Comité des fêtes de Vervins"),
    ("Yasmina Ferrahi", ""),
    ("Georges Lepoutre", ""),
    ("Solène Marchand", "Union des commerçants de Thiérache"),
)


@dataclass(frozen=True)
class Held:
    """One meeting as it is told, when included: no account gives both a beginning and an end."""

    kind: str
    title: str
    when: str
    purpose: str = ""
    place: str = ""
    commune: str = ""
    is_by_invitation: bool = True


AT_LAON = {"place": "Préfecture de l’Aisne", "commune": "Laon"}
IN_JANUARY = "en janvier 2020"
AISNE = (
    Held(
        "district",
        "Réunions d’arrondissement",
        IN_JANUARY,
        "Dans chaque arrondissement, avec les élus, les associations et les conseils citoyens.",
    ),
    Held(
        "panel",
        "Panels de la police et de la gendarmerie",
        IN_JANUARY,
        "Attentes et pistes d’amélioration, avec des habitants-relais, des commerçants et des entrepreneurs.",
    ),
    Held(
        "doorstep",
        "Enquêtes de proximité",
        IN_JANUARY,
        "Par les forces de l’ordre, auprès des habitants.",
        commune="Soissons",
    ),
    Held(
        "partners",
        "Réunion de synthèse",
        "jeudi 23 janvier 2020",
        "Services de l’État, forces de sécurité, monde judiciaire et collectivités font la synthèse des travaux menés "
        "depuis le début de l’année.",
        **AT_LAON,
    ),
)
CORREZE = tuple(
    Held(
        "partners",
        f"Moment d’échange, {number} sur trois",
        "avant le 27 janvier 2020",
        "Policiers, gendarmes, pompiers, élus, acteurs socio-économiques, bailleurs, transporteurs et citoyens.",
    )
    for number in ("premier", "deuxième", "troisième")
)
LOT_ET_GARONNE = tuple(
    Held(
        "partners",
        f"Concertation en préfecture, {number} sur quatre",
        "courant janvier 2020",
        "Avec les partenaires et les professionnels, pour formuler des propositions.",
        place="Préfecture de Lot-et-Garonne",
        commune="Agen",
    )
    for number in ("première", "deuxième", "troisième", "quatrième")
)
GERS = (
    Held(
        "partners",
        "Lancement de la concertation",
        "lundi 20 novembre 2017 à 10 h",
        "Forces de l’ordre et partenaires locaux donnent leur avis et leurs retours d’expérience.",
        place="Préfecture du Gers",
        commune="Auch",
    ),
    Held(
        "partners",
        "Réunions de proximité",
        "après le 20 novembre 2017",
        "Près du terrain, avec les partenaires locaux.",
    ),
)


def hold(consultation: Consultation, meetings: Sequence[Held]) -> None:
    """Written down as past: nobody is told anything."""
    office = consultation.prefecture
    if Meeting.objects.for_prefecture(office).filter(consultation=consultation).exists():
        return
    for held in meetings:
        Meeting.objects.create(
            prefecture=office,
            consultation=consultation,
            state=Meeting.State.PUBLISHED,
            published_at=consultation.opens_at,
            kind=held.kind,
            title=held.title,
            purpose=held.purpose,
            place=held.place,
            commune=commune(office.code, held.commune),
            is_by_invitation=held.is_by_invitation,
            when_said=held.when,
        )


def commune(department: str, name: str) -> Commune | None:
    return Commune.objects.filter(prefecture=department, name=name).first() if name else None


def add_to_come(consultation: Consultation) -> None:
    """Every state of a meeting, around today: full, to be drawn by lot, over, being prepared."""
    editors = Membership.objects.for_prefecture(consultation.prefecture_id).filter(role="editor").select_related("user")
    actor = editors.earliest("pk").user
    vervins = make(
        consultation,
        3,
        18,
        title="Réunion publique de Vervins",
        purpose="Dire ce que l’on constate dans les villages de Thiérache, et ce que l’on propose.",
        place="Salle des fêtes",
        address="Place du Général-de-Gaulle",
        commune=commune("02", "Vervins"),
        entry="first",
        capacity=4,
        theme_keys=["presence", "se-parler"],
        has_wheelchair_access=True,
        has_hearing_loop=True,
        access_note="Parking derrière la mairie. L’entrée est de plain-pied, par la cour.",
    )
    atelier = make(
        consultation,
        6,
        14,
        kind="workshop",
        title="Atelier à la préfecture",
        purpose="Un après-midi pour écrire des propositions à plusieurs.",
        place="Préfecture de l’Aisne",
        address="2 rue Paul-Doumer",
        commune=commune("02", "Laon"),
        entry="lot",
        capacity=12,
        asks_identity=True,
        has_wheelchair_access=True,
        has_sign_language=True,
    )
    soissons = make(
        consultation,
        -2,
        18,
        kind="district",
        title="Réunion d’arrondissement de Soissons",
        place="Hôtel de ville",
        commune=commune("02", "Soissons"),
    )
    make(consultation, 9, 18, title="Réunion publique de Château-Thierry", commune=commune("02", "Château-Thierry"))
    for meeting in (vervins, atelier, soissons):
        announce.publish(meeting, actor=actor)
    say_present(soissons, {"public": 31, "elected": 9, "association": 6, "forces": 3})
    for number, (name, organisation) in enumerate(PEOPLE):
        given = Given(name=name, mail=f"{name.split()[0].lower()}@exemple.invalid", organisation=organisation)
        register(vervins, given, form_key=f"demonstration-vervins-{number}")
        register(atelier, given, form_key=f"demonstration-atelier-{number}")
    register_caller(
        vervins, Given(name="Paul Desmarets", telephone="03 53 01 00 10", needs="Une place près de la scène")
    )


def make(consultation: Consultation, days: int, hour: int, **facts: Any) -> Meeting:
    """So many days from today, at that hour there."""
    there = clock.now().astimezone(consultation.prefecture.zone) + timedelta(days=days)
    starts_at = there.replace(hour=hour, minute=0, second=0, microsecond=0)
    office = consultation.prefecture
    if facts.get("commune"):
        facts["arrondissement"] = facts["commune"].arrondissement
    return Meeting.objects.create(
        prefecture=office, consultation=consultation, starts_at=starts_at, ends_at=starts_at + TWO_HOURS, **facts
    )
