"""What a real mailbox also holds: repeated, prewritten, empty, shouted, beside the point, or too personal.

Everything personal is invented: telephone numbers are of the ranges kept for fiction, mail domains end in `.invalid`.
"""

import random
from dataclasses import dataclass
from string import ascii_uppercase

from contributions.demo.grammar import Written
from contributions.demo.vocabulary.common import COMMUNES

DUPLICATE, MAIL_MERGE, EMPTY, SHOUTING = "duplicate", "mail_merge", "empty", "shouting"
PERSONAL, OFF_TOPIC, NONE = "personal", "off_topic", ""
RATES = (
    (DUPLICATE, 0.015),
    (MAIL_MERGE, 0.025),
    (EMPTY, 0.012),
    (SHOUTING, 0.015),
    (PERSONAL, 0.02),
    (OFF_TOPIC, 0.013),
)
NOTHING = ("RAS", ".", "…", "-", "rien", "Rien à signaler", "néant", "sans avis", "?", "x", "voir plus haut", "idem")
FIRST_NAMES = ("Élise", "Marc", "Nadia", "Yann", "Lucie", "Omar", "Jeanne", "Paul", "Inès", "Hugo", "Denise", "Karim")
LAST_NAMES = (
    "Aubertin",
    "Delcroix",
    "Morvanec",
    "Sabatou",
    "Lestrange",
    "Quenault",
    "Bellonde",
    "Farrugin",
    "Tessonier",
)
STREETS = ("rue des Tilleuls", "allée du Lavoir", "place de l’Église", "chemin des Vignes", "avenue de la Gare")
FICTIONAL_RANGES = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98")
NO_BANK = "99999"
OFF_THE_SUBJECT = (
    "Je vends un canapé trois places, état neuf, à venir chercher.",
    "Quand aura lieu la brocante cette année ?",
    "La recette de ma grand-mère : six œufs, du beurre et beaucoup de patience.",
    "Pouvez-vous me dire comment renouveler ma carte grise ?",
    "Le prix du gazole est trop haut, baissez les taxes.",
    "Je cherche un médecin traitant, plus personne ne prend de patients.",
    "La fibre n’est toujours pas arrivée chez nous.",
    "Allez le stade, on va monter en deuxième division.",
    "Gagnez de l’argent depuis chez vous, écrivez-moi.",
    "Test test test",
    "Les horaires de la piscine ne conviennent pas aux familles.",
    "Il faudrait replanter des pommiers le long de la route.",
)
# Each campaign of prewritten letters has one text, whose blanks everybody fills in.
TEMPLATES = (
    (
        "Habitant{e} de {commune}, je demande {number} caméras supplémentaires et le retour de la police de nuit. "
        "Nous sommes {many} à le dire. {name}"
    ),
    (
        "Je m’appelle {name} et je vis à {commune} depuis {number} ans. Je soutiens le manifeste du collectif : "
        "une brigade par canton, une réponse par plainte, un élu par comité."
    ),
    (
        "Monsieur le préfet, à {commune} comme ailleurs, {many} riverains refusent la fermeture de leur gendarmerie. "
        "Rouvrez-la avant {number} mois."
    ),
    (
        "Notre profession demande, à {commune} : {number} contrôles par mois, un interlocuteur unique, des aides pour "
        "s’équiper. {name}, commerçant{e}"
    ),
    "NON à la vidéosurveillance à {commune}, OUI à la prévention. {many} personnes ont déjà signé. {name}",
)


@dataclass(frozen=True)
class Noise:
    """What is wrong with a contribution, and beside which other one it can be recognised."""

    kind: str = NONE
    of: int | None = None  # the number of the contribution that is repeated
    template: int | None = None
    holds: str = ""  # what personal data is in it


def draw(number: int, chance: random.Random) -> Noise:
    """What befalls contribution `number`; nothing, mostly."""
    dice = chance.random()
    for kind, rate in RATES:
        if dice < rate:
            return detailed(kind, number, chance)
        dice -= rate
    return Noise()


def detailed(kind: str, number: int, chance: random.Random) -> Noise:
    if kind == DUPLICATE:
        return Noise(DUPLICATE, of=chance.randrange(number)) if number else Noise()
    if kind == MAIL_MERGE:
        return Noise(MAIL_MERGE, template=chance.randrange(len(TEMPLATES)))
    if kind == PERSONAL:
        return Noise(PERSONAL, holds=chance.choice(list(PERSONAL_DATA)))
    return Noise(kind)


def applied(noise: Noise, written: Written, chance: random.Random) -> Written:
    """The text as that noise makes it; a duplicate is made by whoever knows the other contribution."""
    if noise.kind == MAIL_MERGE:
        return Written(filled(noise.template or 0, chance), tone="plain")
    if noise.kind == EMPTY:
        return Written(chance.choice(NOTHING))
    if noise.kind == OFF_TOPIC:
        return Written(chance.choice(OFF_THE_SUBJECT))
    if noise.kind == SHOUTING:
        return Written(written.text.rstrip(".").upper() + " " + "!" * chance.randint(1, 6), written.subjects, "cross")
    if noise.kind == PERSONAL:
        return Written(f"{written.text} {PERSONAL_DATA[noise.holds](chance)}", written.subjects, written.tone)
    return written


def filled(template: int, chance: random.Random) -> str:
    return TEMPLATES[template].format(
        commune=chance.choice(COMMUNES),
        number=chance.randint(2, 40),
        many=chance.choice(("des dizaines", "plus de cent", "nombreux", "trois cents")),
        name=name(chance),
        e=chance.choice(("", "e")),
    )


def name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"


def telephone(chance: random.Random) -> str:
    return f"Rappelez-moi au {chance.choice(FICTIONAL_RANGES)} {chance.randrange(100):02} {chance.randrange(100):02}."


def mail(chance: random.Random) -> str:
    who = f"{chance.choice(FIRST_NAMES)}.{chance.choice(LAST_NAMES)}".lower()
    return f"Mon adresse : {who.replace('é', 'e').replace('è', 'e')}@exemple.invalid"


def plate(chance: random.Random) -> str:
    letters = chance.choices([letter for letter in ascii_uppercase if letter not in "IOU"], k=4)
    return (
        f"La voiture est immatriculée {letters[0]}{letters[1]}-{chance.randrange(1, 1000):03}-{letters[2]}{letters[3]}."
    )


def address(chance: random.Random) -> str:
    street = f"{chance.randint(1, 90)} {chance.choice(STREETS)}"
    return f"Cela se passe au {street} à {chance.choice(COMMUNES)}."


def neighbour(chance: random.Random) -> str:
    return f"C’est {chance.choice(('M.', 'Mme', 'Monsieur'))} {chance.choice(LAST_NAMES)} qui est derrière tout cela."


def social_security(chance: random.Random) -> str:
    """The key is right, the department does not exist."""
    birth = f"{chance.randint(1, 2)}{chance.randint(30, 99)}{chance.randint(1, 12):02}"
    body = f"{birth}00{chance.randrange(1, 990):03}{chance.randrange(1, 999):03}"
    return f"Mon numéro de sécurité sociale est le {body} {97 - int(body) % 97:02}."


def account(chance: random.Random) -> str:
    """An IBAN whose sum is right, of a bank that does not exist."""
    body = f"{NO_BANK}00001{chance.randrange(10**11):011}00"
    return f"Remboursez sur FR{98 - int(body + '152700') % 97:02}{body}."


PERSONAL_DATA = {
    "telephone": telephone,
    "mail": mail,
    "plate": plate,
    "address": address,
    "name": neighbour,
    "nir": social_security,
    "iban": account,
}
