"""The same fifteen questions for both: what is asked, and what one person answers."""

import random
from typing import Any

DEGREES = ("Très mauvaise", "Mauvaise", "Moyenne", "Bonne", "Très bonne")
PLACES = ("Devant les écoles", "Sur les marchés", "Dans les transports", "La nuit en ville", "Dans les hameaux")
YES_NO = ("Oui", "Non")
# (kind, key, label, choices); the first two are required.
QUESTIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("scale", "presence", "Comment jugez-vous la présence des forces de l’ordre ?", DEGREES),
    ("choice", "contact", "Comment les joignez-vous le plus souvent ?", ("Au guichet", "Par téléphone", "En ligne")),
    ("choices", "lieux", "Où cette présence manque-t-elle ?", PLACES),
    ("yes_no", "plainte", "Avez-vous déposé une plainte cette année ?", YES_NO),
    ("scale", "accueil", "Comment jugez-vous l’accueil ?", DEGREES),
    ("text", "delai", "Combien de temps avez-vous attendu ?", ()),
    ("number", "minutes", "Combien de minutes pour joindre la brigade ?", ()),
    ("scale", "soir", "Comment jugez-vous la sécurité le soir ?", DEGREES),
    ("choices", "craintes", "Que craignez-vous le plus ?", ("Le vol", "La route", "Le bruit", "Les violences")),
    ("yes_no", "municipale", "Votre commune a-t-elle une police municipale ?", YES_NO),
    ("choice", "cameras", "Que pensez-vous des caméras ?", ("Utiles", "Inutiles", "Cela dépend")),
    ("scale", "secours", "Comment jugez-vous les secours ?", DEGREES),
    ("yes_no", "volontaire", "Seriez-vous volontaire pour vous former aux premiers secours ?", YES_NO),
    ("finding", "constat", "Ce que vous constatez", ()),
    ("proposal", "proposition", "Ce que vous proposez", ()),
)
REQUIRED = 2
LONGEST_TEXT = 4_000
LONGEST_LINE = 300
SAID = (
    "On ne voit plus personne après 18 heures, et l’éclairage de la rue est coupé à 23 heures. ",
    "Devant l’école, à la sortie, les voitures roulent beaucoup trop vite : un drame va finir par arriver. ",
    "À la brigade, l’accueil est fermé un jour sur deux et l’on trouve porte close. ",
    "Des patrouilles à pied, à heures variées, qui prennent le temps de parler & d’écouter <tous> les habitants. ",
)


def answers(keys: dict[str, list[str]], chance: random.Random) -> list[tuple[str, str]]:
    """What one person sends, by the question's key; `keys` are the values that each question's choices have."""
    sent: list[tuple[str, str]] = []
    for kind, key, _, choices in QUESTIONS:
        if kind == "choices":
            sent += [(key, value) for value in chance.sample(keys[key], 2)]
        elif choices:
            sent.append((key, chance.choice(keys[key])))
        elif kind == "number":
            sent.append((key, str(chance.randint(1, 90))))
        elif kind == "text":
            sent.append((key, "Une demi-heure environ"))
        else:
            sent.append((key, "".join(chance.choices(SAID, k=chance.randint(1, 4)))))
    return sent


def facts() -> list[dict[str, Any]]:
    return [
        {"kind": kind, "key": key, "label": label, "choices": list(choices), "required": place < REQUIRED}
        for place, (kind, key, label, choices) in enumerate(QUESTIONS)
    ]
