"""What the demo's open exercise asks: every kind of question, national and local."""

from consultations.demo.cases import Asked, ThemeOf
from consultations.models import Audience

PRESENCE = ThemeOf(
    "La présence près de chez vous",
    "Patrouilles, postes, délais.",
    (
        Asked(
            "scale",
            "Comment jugez-vous la présence des forces de l’ordre dans votre commune ?",
            ("Très mauvaise", "Plutôt mauvaise", "Moyenne", "Plutôt bonne", "Très bonne"),
            may_decline=True,
        ),
        Asked(
            "choices",
            "Où cette présence manque-t-elle le plus ?",
            (
                "Devant les écoles",
                "Dans les commerces et sur les marchés",
                "Dans les transports et aux arrêts",
                "La nuit, dans les villages",
            ),
            most=3,
            accepts_other=True,
        ),
        Asked("commune", "Dans quelle commune vivez-vous, ou travaillez-vous ?"),
        Asked("finding", "Qu’avez-vous constaté ?", help="Un fait, un lieu, un moment."),
        Asked("proposal", "Que faudrait-il changer ?", help="Une idée à la fois."),
    ),
    key="presence",
    keywords=("patrouille", "brigade", "commissariat", "délai"),
)
WELCOME = ThemeOf(
    "L’accueil et le service rendu",
    "Au guichet, au téléphone, en ligne.",
    (
        Asked(
            "yes_no", "Avez-vous eu affaire à la police ou à la gendarmerie depuis un an ?", key="contact",
            may_decline=True,
        ),
        Asked(
            "number", "Combien de temps avez-vous attendu, à peu près ?", lowest=0, highest=600, unit="minutes",
            shown_on="accueil.contact", shown_if=("oui",),
        ),
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
    key="accueil",
    keywords=("accueil", "plainte", "guichet", "rendez-vous"),
)  # fmt: skip
TALK = ThemeOf(
    "Se parler",
    "Ce que chacun sait, ce que chacun peut faire.",
    (
        Asked("yes_no", "Savez-vous qui appeler selon la situation ?"),
        Asked(
            "ranking",
            "Par quels moyens aimeriez-vous être informé de ce qui se passe près de chez vous ?",
            ("La mairie", "Le bulletin municipal", "Un message sur mon téléphone", "Une réunion", "La presse locale"),
            help="Le plus utile en premier.",
            most=3,
        ),
        Asked(
            "long_text",
            "Comment travaillez-vous avec la police et la gendarmerie ?",
            help="Réunions, conseil local, convention : ce qui existe et ce qui manque.",
            audiences=(Audience.ELECTED, Audience.ASSOCIATION, Audience.CITIZENS_COUNCIL),
        ),
        Asked("finding", "Qu’est-ce qui marche bien, ou mal, entre habitants, mairie et forces de l’ordre ?"),
        Asked("proposal", "Que proposez-vous pour mieux se parler ?"),
    ),
    key="se-parler",
    keywords=("mairie", "réunion", "information"),
)
ROADS = ThemeOf(
    "Sur nos routes",
    "Un thème choisi par la préfecture : la vitesse et les trajets du quotidien.",
    (
        Asked("yes_no", "Avez-vous renoncé à un trajet à pied ou à vélo par crainte des voitures ?", key="renonce"),
        Asked(
            "text",
            "Lequel ?",
            help="De tel endroit à tel endroit.",
            shown_on="sur-nos-routes.renonce",
            shown_if=("oui",),
        ),
        Asked("proposal", "Où et comment rendre la route plus sûre ?"),
    ),
    key="sur-nos-routes",
)
OUTLINE = (
    ("Le territoire en une page", "Ce qui le distingue, en matière de sécurité."),
    ("Ce qui est constaté", "Par thème, avec le nombre de contributions qui le disent."),
    ("Ce qui est proposé", "Les propositions classées, chacune avec ce qui la fonde."),
    ("Ce qui est déjà engagé", "Ce que l’État et les communes font déjà, et depuis quand."),
)
