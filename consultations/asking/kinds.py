"""What each kind of question is for, said to somebody who builds a questionnaire for the first time. Pure."""

from dataclasses import dataclass

from consultations.models.facts import Kind

BOUNDS = ("lowest", "highest", "unit")
WAY_OUT = ("may_decline",)
EVERYWHERE = ("label", "help")


@dataclass(frozen=True)
class KindFacts:
    kind: str  # of Kind
    title: str
    purpose: str
    example: str
    fields: tuple[str, ...] = ()  # besides those that every question has


KINDS = (
    KindFacts(
        Kind.CHOICE,
        "Un choix",
        "Une seule réponse parmi celles que vous proposez.",
        "Comment joignez-vous la gendarmerie\u202f? Au guichet, par téléphone, en ligne.",
        ("choices", "accepts_other", *WAY_OUT),
    ),
    KindFacts(
        Kind.CHOICES,
        "Plusieurs choix",
        "Plusieurs réponses possibles, avec un nombre maximal si vous le souhaitez.",
        "Où la présence manque-t-elle\u202f? Écoles, marchés, gares. Trois réponses au plus.",
        ("choices", "most", "accepts_other", *WAY_OUT),
    ),
    KindFacts(
        Kind.YES_NO,
        "Oui ou non",
        "Une question tranchée\u202f; elle convient bien pour décider si une autre question est posée.",
        "Avez-vous déposé plainte cette année\u202f?",
        WAY_OUT,
    ),
    KindFacts(
        Kind.SCALE,
        "Échelle",
        "Un degré, du moins au plus. Cinq degrés se lisent le mieux.",
        "Le soir, vous sentez-vous en sécurité\u202f? Jamais, rarement, parfois, souvent, toujours.",
        ("choices", *WAY_OUT),
    ),
    KindFacts(
        Kind.RANKING,
        "Classement",
        "Les réponses préférées, dans l’ordre\u00a0: la première, la deuxième, la troisième.",
        "Classez vos trois préoccupations principales.",
        ("choices", "most", *WAY_OUT),
    ),
    KindFacts(
        Kind.NUMBER,
        "Nombre",
        "Un nombre, entre deux bornes, avec son unité.",
        "Combien de temps avez-vous attendu\u202f? En minutes.",
        (*BOUNDS, *WAY_OUT),
    ),
    KindFacts(
        Kind.COMMUNE,
        "Commune",
        "Une commune de votre département, par son nom ou son code postal. Jamais demandée aux forces de sécurité.",
        "Dans quelle commune habitez-vous\u202f?",
        WAY_OUT,
    ),
    KindFacts(
        Kind.TEXT,
        "Réponse courte",
        "Quelques mots, sur une ligne.",
        "Quel est le nom de votre quartier\u202f?",
        WAY_OUT,
    ),
    KindFacts(
        Kind.LONG_TEXT,
        "Réponse longue",
        "Un texte libre qui n’est ni un constat ni une proposition.",
        "Racontez comment s’est passé votre accueil.",
    ),
    KindFacts(
        Kind.FINDING,
        "Constat",
        "Ce que les gens constatent. Ces textes sont lus, regroupés et cités dans la synthèse.",
        "Qu’avez-vous constaté près de chez vous\u202f?",
    ),
    KindFacts(
        Kind.PROPOSAL,
        "Proposition",
        "Ce que les gens proposent. Ces textes sont lus, regroupés et cités dans la synthèse.",
        "Que faudrait-il changer\u202f?",
    ),
)
FACTS_OF = {str(each.kind): each for each in KINDS}
