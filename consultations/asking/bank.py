"""The national bank of questions about everyday security, in our own words. Data; keys are stable for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultations.asking.choices import keyed
from consultations.models.facts import Kind


@dataclass(frozen=True)
class Banked:
    """A question of the bank; `shown_on` is the key of another of the same shelf, `shown_if` their words."""

    key: str
    kind: Kind
    label: str
    choices: tuple[str, ...] = ()
    help: str = ""
    most: int | None = None
    lowest: int | None = None
    highest: int | None = None
    unit: str = ""
    accepts_other: bool = False
    may_decline: bool = False
    audiences: tuple[str, ...] = ()
    shown_on: str = ""
    shown_if: tuple[str, ...] = ()


@dataclass(frozen=True)
class BankShelf:
    title: str
    questions: tuple[Banked, ...]


OFTEN = ("Jamais", "Rarement", "De temps en temps", "Souvent", "Presque toujours")
SAFE = (
    "Pas du tout en sécurité",
    "Plutôt pas en sécurité",
    "Entre les deux",
    "Plutôt en sécurité",
    "Tout à fait en sécurité",
)
GOOD = ("Très mauvais", "Plutôt mauvais", "Moyen", "Plutôt bon", "Très bon")
AGREE = ("Pas du tout d’accord", "Plutôt pas d’accord", "Sans avis", "Plutôt d’accord", "Tout à fait d’accord")

FEELING = BankShelf(
    "Se sentir en sécurité, selon le lieu et l’heure",
    (
        Banked(
            "securite-quartier-jour",
            Kind.SCALE,
            "En journée, dans votre quartier ou votre village, vous sentez-vous en sécurité\u202f?",
            SAFE,
            may_decline=True,
        ),
        Banked(
            "securite-quartier-soir",
            Kind.SCALE,
            "Une fois la nuit tombée, dans votre quartier ou votre village, vous sentez-vous en sécurité\u202f?",
            SAFE,
            may_decline=True,
        ),
        Banked(
            "securite-domicile", Kind.SCALE, "Chez vous, vous sentez-vous en sécurité\u202f?", SAFE, may_decline=True
        ),
        Banked(
            "securite-transports",
            Kind.SCALE,
            "Dans les cars, les bus ou les trains, vous sentez-vous en sécurité\u202f?",
            SAFE,
            "Si vous les prenez.",
            may_decline=True,
        ),
        Banked(
            "renonce-sortir",
            Kind.SCALE,
            "Vous arrive-t-il de renoncer à sortir pour des raisons de sécurité\u202f?",
            OFTEN,
            may_decline=True,
        ),
        Banked(
            "renonce-sortir-quand",
            Kind.CHOICES,
            "À quels moments y renoncez-vous\u202f?",
            ("Tôt le matin", "En journée", "En soirée", "La nuit", "Les soirs de fête"),
            shown_on="renonce-sortir",
            shown_if=("De temps en temps", "Souvent", "Presque toujours"),
        ),
        Banked(
            "lieux-evites",
            Kind.CHOICES,
            "Quels lieux évitez-vous\u202f?",
            (
                "Une rue ou une place",
                "Les abords d’une gare",
                "Les arrêts de bus",
                "Les parcs",
                "Les parkings",
                "Aucun lieu",
            ),
            accepts_other=True,
        ),
        Banked(
            "evolution-securite",
            Kind.CHOICE,
            "Depuis deux ans, diriez-vous que la sécurité près de chez vous\u2026",
            ("S’est améliorée", "N’a pas changé", "S’est dégradée", "Je vis ici depuis moins de deux ans"),
        ),
    ),
)
CONCERNS = BankShelf(
    "Ce qui préoccupe",
    (
        Banked(
            "preoccupations",
            Kind.RANKING,
            "Quelles sont vos trois préoccupations principales\u202f?",
            (
                "Les cambriolages",
                "Les vols dans la rue ou les transports",
                "Les violences dans la famille",
                "Le trafic de drogue",
                "Les excès de vitesse et la conduite dangereuse",
                "Les escroqueries en ligne",
                "Le bruit et les dégradations",
                "Les vols sur les exploitations et les chantiers",
            ),
            most=3,
        ),
        Banked(
            "route-dangereuse",
            Kind.YES_NO,
            "Y a-t-il près de chez vous un endroit où la circulation vous paraît dangereuse\u202f?",
        ),
        Banked(
            "route-dangereuse-ou",
            Kind.TEXT,
            "Où est cet endroit\u202f?",
            help="Une route, un carrefour, une sortie d’école.",
            shown_on="route-dangereuse",
            shown_if=("Oui",),
        ),
        Banked(
            "escroquerie-en-ligne",
            Kind.CHOICE,
            "Depuis un an, avez-vous reçu un message ou un appel qui cherchait à vous escroquer\u202f?",
            ("Non", "Oui, sans conséquence", "Oui, et j’ai perdu de l’argent ou des données"),
            may_decline=True,
        ),
        Banked(
            "constat-libre",
            Kind.FINDING,
            "Qu’avez-vous constaté près de chez vous\u202f?",
            help="Un fait, un lieu, un moment.",
        ),
        Banked(
            "proposition-libre", Kind.PROPOSAL, "Que faudrait-il changer en premier\u202f?", help="Une idée à la fois."
        ),
    ),
)
CONTACT = BankShelf(
    "Le contact avec les forces de sécurité",
    (
        Banked(
            "contact-annee",
            Kind.YES_NO,
            "Depuis un an, avez-vous eu affaire à la police, à la gendarmerie ou à la police municipale\u202f?",
        ),
        Banked(
            "contact-motif",
            Kind.CHOICES,
            "À quelle occasion\u202f?",
            ("Un appel au 17 ou au 112", "Une plainte", "Un renseignement", "Un contrôle", "Une réunion ou une visite"),
            accepts_other=True,
            shown_on="contact-annee",
            shown_if=("Oui",),
        ),
        Banked(
            "contact-accueil",
            Kind.SCALE,
            "Comment avez-vous été accueilli\u202f?",
            GOOD,
            may_decline=True,
            shown_on="contact-annee",
            shown_if=("Oui",),
        ),
        Banked(
            "contact-attente",
            Kind.NUMBER,
            "Combien de temps avez-vous attendu\u202f?",
            help="À peu près.",
            lowest=0,
            highest=1440,
            unit="minutes",
            may_decline=True,
            shown_on="contact-annee",
            shown_if=("Oui",),
        ),
        Banked("voit-patrouilles", Kind.SCALE, "Voyez-vous des patrouilles près de chez vous\u202f?", OFTEN),
        Banked("qui-appeler", Kind.SCALE, "Je sais qui appeler selon la situation.", AGREE),
        Banked(
            "confiance-forces",
            Kind.SCALE,
            "Je peux compter sur les forces de sécurité quand j’en ai besoin.",
            AGREE,
            may_decline=True,
        ),
        Banked(
            "interlocuteur-elus",
            Kind.CHOICE,
            "Avez-vous un interlocuteur que vous connaissez à la police ou à la gendarmerie\u202f?",
            ("Oui, et il est joignable", "Oui, mais il est difficile à joindre", "Non"),
            audiences=("elected", "business", "association", "citizens_council"),
        ),
    ),
)
ONLINE = BankShelf(
    "Les démarches en ligne",
    (
        Banked(
            "demarches-faites",
            Kind.CHOICES,
            "Quelles démarches avez-vous déjà faites en ligne\u202f?",
            (
                "Une pré-plainte ou une plainte",
                "Une demande de rendez-vous",
                "Un signalement",
                "Une inscription à la surveillance des logements pendant les vacances",
                "Aucune",
            ),
            accepts_other=True,
        ),
        Banked(
            "plainte-preferee",
            Kind.CHOICE,
            "Si vous deviez déposer plainte, comment préféreriez-vous le faire\u202f?",
            ("Au guichet", "En ligne", "Par téléphone, sur rendez-vous", "Près de chez moi, lors d’une permanence"),
        ),
        Banked(
            "frein-en-ligne",
            Kind.CHOICES,
            "Qu’est-ce qui vous retiendrait de le faire en ligne\u202f?",
            (
                "Je préfère parler à quelqu’un",
                "Je n’ai pas de bonne connexion",
                "Je crains de me tromper",
                "Je ne sais pas si ce sera lu",
                "Rien",
            ),
            shown_on="plainte-preferee",
            shown_if=("Au guichet", "Par téléphone, sur rendez-vous", "Près de chez moi, lors d’une permanence"),
        ),
    ),
)
VIDEO = BankShelf(
    "Vidéoprotection et libertés",
    (
        Banked(
            "video-presente",
            Kind.CHOICE,
            "Y a-t-il des caméras de vidéoprotection dans votre commune\u202f?",
            ("Oui", "Non", "Je ne sais pas"),
        ),
        Banked("video-avis", Kind.SCALE, "Les caméras dans l’espace public me rassurent.", AGREE, may_decline=True),
        Banked(
            "libertes-avis",
            Kind.SCALE,
            "Je crains que ces images servent à autre chose que la sécurité.",
            AGREE,
            may_decline=True,
        ),
        Banked(
            "libertes-regles",
            Kind.CHOICES,
            "De quoi aimeriez-vous être mieux informé\u202f?",
            (
                "Où sont les caméras",
                "Qui regarde les images",
                "Combien de temps elles sont gardées",
                "Comment demander à voir les miennes",
                "Ce qu’elles ont permis de résoudre",
            ),
            most=3,
        ),
    ),
)
PART = BankShelf(
    "Prendre part",
    (
        Banked(
            "pret-a-participer",
            Kind.YES_NO,
            "Seriez-vous prêt à prendre part à la sécurité de votre quartier ou de votre village\u202f?",
        ),
        Banked(
            "participer-comment",
            Kind.CHOICES,
            "De quelle manière\u202f?",
            (
                "Une réunion par an",
                "Un réseau d’habitants en lien avec les forces de sécurité",
                "La réserve de la police ou de la gendarmerie",
                "Une formation aux premiers secours",
            ),
            accepts_other=True,
            shown_on="pret-a-participer",
            shown_if=("Oui",),
        ),
        Banked(
            "etre-informe",
            Kind.RANKING,
            "Comment aimeriez-vous savoir ce qui est fait\u202f?",
            (
                "Une réunion publique",
                "Le bulletin de la commune",
                "Un courriel",
                "Le site de la préfecture",
                "Les réseaux sociaux",
            ),
            most=2,
        ),
        Banked("commune-habitee", Kind.COMMUNE, "Dans quelle commune habitez-vous\u202f?", may_decline=True),
    ),
)
BANK = (FEELING, CONCERNS, CONTACT, ONLINE, VIDEO, PART)


def facts_of(banked: Banked, shelf: Sequence[Banked]) -> dict[str, Any]:
    """As a question's row has them, but for its place."""
    shown_if: list[str] = []
    if banked.shown_on:
        decides = next(other for other in shelf if other.key == banked.shown_on)
        words = ("Oui", "Non") if decides.kind == Kind.YES_NO else decides.choices
        shown_if = [choice["key"] for choice in keyed(words) if choice["label"] in banked.shown_if]
    return {
        "key": banked.key,
        "kind": banked.kind.value,
        "label": banked.label,
        "help": banked.help,
        "choices": keyed(banked.choices),
        "accepts_other": banked.accepts_other,
        "may_decline": banked.may_decline,
        "most": banked.most,
        "lowest": banked.lowest,
        "highest": banked.highest,
        "unit": banked.unit,
        "required": False,
        "audiences": list(banked.audiences),
        "shown_on": banked.shown_on,
        "shown_if": shown_if,
    }
