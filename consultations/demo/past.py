"""Five concertations that took place, with their real dates, themes, channels and numbers, in our own words."""

from datetime import date, datetime

from assises.accounts.models import User
from assises.tenancy.context import as_prefecture
from consultations.demo import meetings
from consultations.demo.cases import Asked, Case, Exercise, ThemeOf, make_exercise, part_of
from consultations.demo.lead import demo_lead
from consultations.demo.meetings import hold
from consultations.models import Audience

PSQ_2017 = Exercise(
    slug="police-de-securite-du-quotidien-2017",
    title="Police de sécurité du quotidien 2017",
    purpose=(
        "Recueillir l’expérience des forces de l’ordre et de leurs partenaires locaux avant de nouvelles méthodes de "
        "travail, à l’essai dès janvier 2018."
    ),
    opens_on=date(2017, 10, 28),
    closes_on=date(2017, 12, 31),
    synthesis_due_on=date(2018, 1, 15),
    themes=(
        ThemeOf("Une police sur mesure", "Répondre à ce que vit chaque territoire, pour y ramener la tranquillité."),
        ThemeOf("Une police et une gendarmerie connectées", "Plus d’efficacité, plus de facilité."),
        ThemeOf("Une police respectée", "Des agents mieux équipés et mieux protégés."),
        ThemeOf("Une police partenariale", "Travailler ensemble plutôt que côte à côte."),
        ThemeOf("Une police recentrée", "Sur ses missions premières."),
    ),
)
ASSISES_2020 = Exercise(
    slug="assises-2020",
    title="Assises territoriales de la sécurité intérieure 2020",
    purpose=(
        "Dans chaque département, dire les besoins du territoire et les attentes de la population, pour le livre blanc "
        "de la sécurité intérieure."
    ),
    opens_on=date(2019, 12, 16),
    closes_on=date(2020, 1, 26),
    synthesis_due_on=date(2020, 1, 27),
    themes=(
        ThemeOf("L’organisation des forces de sécurité intérieure"),
        ThemeOf("Les partenariats et le continuum de sécurité"),
        ThemeOf("Les ressources humaines et matérielles"),
        ThemeOf("Les nouvelles technologies"),
    ),
)
CONCERNED = Asked(
    "scale",
    "Vous sentez-vous concerné par les questions de sécurité ?",
    ("Tout à fait", "Plutôt", "Plutôt pas", "Pas du tout"),
)
AISNE = Case(
    "02",
    "Réunions dans chaque arrondissement avec les élus, les associations et les conseils citoyens ; "
    "panels d’habitants, de commerçants et d’entrepreneurs réunis par la police et la gendarmerie ; "
    "enquêtes de proximité, comme à Soissons ; "
    "consultation en ligne du 8 au 19 janvier, à laquelle 161 personnes ont participé.",
    datetime(2020, 1, 8, 9),
    datetime(2020, 1, 20, 0),
    (
        ThemeOf(
            "Votre sentiment de sécurité",
            questions=(CONCERNED, Asked("finding", "Que constatez-vous près de chez vous ?")),
        ),
        ThemeOf("Vos attentes", questions=(Asked("proposal", "Que proposez-vous ?"),)),
    ),
)
ALLIER = Case(
    "03",
    "Tous les habitants du département pouvaient écrire à une adresse de la préfecture avant le 20 janvier. "
    "Il n’y avait pas de questionnaire.",
    datetime(2020, 1, 8, 9),
    datetime(2020, 1, 20, 0),
    (
        ThemeOf(
            "Communiquer et échanger", "Entre citoyens et forces de sécurité, notamment par les nouvelles technologies."
        ),
        ThemeOf("Le service rendu", "Ce que la population en attend."),
        ThemeOf("Le lien avec la population", "Le développer et l’entretenir."),
        ThemeOf("La part de chacun", "Participer à la sécurité collective et à la paix publique."),
    ),
    how={"is_online": False, "mail_address": "assises@allier.invalid"},
)
CORREZE = Case(
    "19",
    "Trois moments d’échange ont réuni policiers, gendarmes, pompiers, élus, bailleurs sociaux, transporteurs, "
    "acteurs économiques et citoyens, puis une lettre imprimée en a rendu compte.",
    datetime(2020, 1, 6, 9),
    datetime(2020, 1, 25, 18),
    (
        ThemeOf(
            "Les liens entre la population et les forces de sécurité",
            "Partenariats, prévention, réseau d’alerte par SMS.",
        ),
        ThemeOf(
            "Les nouvelles technologies et les libertés", "Vidéoprotection, plainte en ligne, protection des données."
        ),
    ),
    how={"is_online": False, "meetings": "Une lettre imprimée en a rendu compte."},
)
LOT_ET_GARONNE = Case(
    "47",
    "Quatre concertations en préfecture avec les partenaires et les professionnels, et un questionnaire en ligne "
    "ouvert au grand public, aux élus et aux professionnels jusqu’au 16 janvier.",
    datetime(2020, 1, 10, 9),
    datetime(2020, 1, 17, 0),
    (
        ThemeOf(
            "L’organisation territoriale des forces",
            questions=(
                Asked("scale", "Comment jugez-vous leur présence ?", ("Très bonne", "Bonne", "Insuffisante")),
                Asked("finding", "Que constatez-vous ?"),
            ),
        ),
        ThemeOf("Les partenariats", questions=(Asked("proposal", "Que proposez-vous ?"),)),
        ThemeOf(
            "Les technologies au service de la protection",
            questions=(Asked("yes_no", "Feriez-vous une démarche en ligne plutôt qu’au guichet ?"),),
        ),
    ),
)
GERS = Case(
    "32",
    "Sur invitation : élus, justice, polices municipales, transports, bailleurs, services sociaux, sécurité privée, "
    "associations et commerçants, réunis à la préfecture le 20 novembre à 10 heures, puis près du terrain. "
    "Aucun questionnaire.",
    datetime(2017, 11, 20, 10),
    datetime(2018, 1, 1, 0),
    how={"is_online": False, "is_by_invitation": True},
    partners=(
        ("Association des maires du département", Audience.ELECTED),
        ("Police municipale", Audience.FORCES),
        ("Transports départementaux", Audience.BUSINESS),
        ("Bailleurs sociaux", Audience.BUSINESS),
        ("Services sociaux", Audience.ASSOCIATION),
        ("Entreprises de sécurité privée", Audience.BUSINESS),
        ("Union des commerçants", Audience.BUSINESS),
    ),
)


def fill_past() -> None:
    """Closed for years: shown as what took place then."""
    lead: User = demo_lead()
    psq = make_exercise(PSQ_2017, [GERS], lead=lead)
    assises = make_exercise(ASSISES_2020, [AISNE, ALLIER, CORREZE, LOT_ET_GARONNE], lead=lead)
    for campaign, case, held in (
        (psq, GERS, meetings.GERS),
        (assises, AISNE, meetings.AISNE),
        (assises, CORREZE, meetings.CORREZE),
        (assises, LOT_ET_GARONNE, meetings.LOT_ET_GARONNE),
    ):
        with as_prefecture(case.code):
            hold(part_of(case.code, campaign), held)
