"""One exercise open today, whatever the day, so that every state can be visited at once."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from consultations.demo.cases import Asked, Case, Exercise, ThemeOf, make_exercise
from consultations.demo.lead import demo_lead
from consultations.models import Campaign

SLUG = "securite-du-quotidien"
PRESENCE = ThemeOf(
    "La présence près de chez vous",
    "Patrouilles, postes, délais.",
    (
        Asked(
            "scale",
            "Comment jugez-vous la présence des forces de l’ordre dans votre commune ?",
            ("Très mauvaise", "Plutôt mauvaise", "Moyenne", "Plutôt bonne", "Très bonne"),
        ),
        Asked(
            "choices",
            "Où cette présence manque-t-elle le plus ?",
            ("Devant les écoles", "Dans les commerces et sur les marchés", "Dans les transports et aux arrêts",
             "La nuit, dans les villages", "Ailleurs"),
            "Trois réponses au plus.",
        ),
        Asked("finding", "Qu’avez-vous constaté ?", help="Un fait, un lieu, un moment."),
        Asked("proposal", "Que faudrait-il changer ?", help="Une idée à la fois."),
    ),
)  # fmt: skip
WELCOME = ThemeOf(
    "L’accueil et le service rendu",
    "Au guichet, au téléphone, en ligne.",
    (
        Asked("yes_no", "Avez-vous eu affaire à la police ou à la gendarmerie depuis un an ?"),
        Asked(
            "choice",
            "Comment préférez-vous déposer plainte ?",
            (
                "Au guichet",
                "En ligne",
                "Par téléphone, avec rendez-vous",
                "Près de chez moi, dans un véhicule d’accueil",
            ),
        ),
        Asked("proposal", "Qu’est-ce qui rendrait cet accueil meilleur ?"),
    ),
)
TALK = ThemeOf(
    "Se parler",
    "Ce que chacun sait, ce que chacun peut faire.",
    (
        Asked("yes_no", "Savez-vous qui appeler selon la situation ?"),
        Asked("finding", "Qu’est-ce qui marche bien, ou mal, entre habitants, mairie et forces de l’ordre ?"),
        Asked("proposal", "Que proposez-vous pour mieux se parler ?"),
    ),
)


def fill_now() -> None:
    """Made once, around the day of the first start."""
    if Campaign.objects.filter(slug=SLUG).exists():
        return
    today = timezone.localdate()
    exercise = Exercise(
        slug=SLUG,
        title="Assises de la sécurité du quotidien",
        purpose="Vous vivez ici : dites ce que vous constatez, proposez ce qui peut changer. Tout est lu.",
        opens_on=today - timedelta(days=30),
        closes_on=today + timedelta(days=25),
        synthesis_due_on=today + timedelta(days=39),
        themes=(PRESENCE, WELCOME, TALK),
    )
    make_exercise(exercise, cases(today), lead=demo_lead())


def cases(today: date) -> list[Case]:
    """Every state of a concertation, two of them overseas."""

    def at(days: int, hour: int = 18) -> datetime:
        return datetime.combine(today + timedelta(days=days), time(hour))

    last_minute = datetime.combine(today, time(23, 59))
    return [
        Case("02", opens=at(-10, 9), closes=at(12)),
        Case("974", opens=at(-8, 9), closes=at(15)),
        Case("19", opens=at(-14, 9), closes=last_minute),
        Case("23", opens=at(5, 9), closes=at(24)),
        Case("03"),
        Case("32", opens=at(-20, 9), closes=at(-1)),
        Case("47", opens=at(-28, 9), closes=at(-6)),
        Case("75", opens=at(-28, 9), closes=at(-8)),
        Case("987", opens=at(-25, 9), closes=at(-5)),
    ]
