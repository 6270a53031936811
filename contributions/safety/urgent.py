"""Words of somebody in danger, or of a crime that happened to them: whom they should call, at once. Pure.

Lists of turns of phrase, not of words: a consultation on security speaks of violence on every page, and only what is
said of oneself or of somebody near, now, should ring.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

EMERGENCY = ("17 ou 112", "police, gendarmerie, secours")
SILENT = ("114", "par message, si vous ne pouvez pas parler")
WOMEN = ("3919", "violences dans le couple, jour et nuit, gratuit")
CHILDREN = ("119", "enfants en danger, jour et nuit, gratuit")
SUICIDE = ("3114", "idées de suicide, jour et nuit, gratuit")

NEAR = "mon (?:mari|conjoint|compagnon|copain|ex|voisin|patron|pere|frere|fils)|ma (?:femme|compagne|mere)"
SOMEBODY = f"(?:il|elle|on|{NEAR})"
ME = "(?:m'|me |nous )"
FORCE = "(?:frapp|bat\\b|battu|cogn|etrangl|viol[ea]|agress|sequestr|poignard|menac|harcel)"

KINDS: Mapping[str, tuple[str, ...]] = {
    "suicide": (
        r"je (?:veux|voudrais|vais|pense a|prefere) mourir",
        r"envie de (?:mourir|me tuer|me suicider|me pendre|me foutre en l'air)",
        r"(?:me suicider|me pendre|me foutre en l'air|mettre fin a mes jours|en finir avec la vie)",
        r"je (?:veux|vais) (?:me tuer|en finir)",
    ),
    "child": (
        (r"(?:mon|notre|son|leur|un|l'|cet) ?(?:enfant|fils|bebe|petit|neveu|eleve)(?: \w+){0,2} (?:est|a ete) "
        r"(?:battu|frappe|maltraite|viole|agresse)"),
        (r"(?:ma|notre|sa|leur|la|une|cette) (?:fille|enfant|petite|niece|eleve|gamine)(?: \w+){0,2} (?:est|a ete) "
        r"(?:battue|frappee|maltraitee|violee|agressee)"),
        r"(?:mon pere|ma mere|mon beau-pere) (?:me|nous) (?:frappe|bat|touche|viole)",
        r"(?:attouchements?|inceste) (?:sur|de) (?:ma|mon|sa|son|notre|la|le|un|une)\b",
    ),
    "couple": (
        rf"mon (?:mari|conjoint|compagnon|copain|ex|ami) (?:\w+ ){{0,2}}{ME}(?:a )?{FORCE}",
        rf"ma (?:femme|compagne|copine) (?:\w+ ){{0,2}}{ME}(?:a )?{FORCE}",
        r"(?:il|elle) (?:me|nous) (?:frappe|bat|cogne|etrangle|viole|sequestre)\b",
        r"je suis (?:battue?|frappee?|sequestree?) (?:par|chez)",
    ),
    "danger": (
        r"(?:on|il|elle|ils|elles) (?:va|vont|veut|veulent) (?:me|nous|le|la|les) (?:tuer|buter|egorger|bruler)",
        rf"{SOMEBODY} {ME}(?:a |ont )?(?:menace|menacee)s? de (?:mort|me tuer|nous tuer)",
        r"(?:j'ai|je) (?:recu|recois) des menaces de mort",
        r"je (?:suis|me sens) en danger\b(?! de)",
        r"j'ai peur (?:pour ma vie|de mourir|qu'(?:il|elle|on|ils) (?:me|nous) tue)",
        r"au secours\b",
        r"(?:il|elle) (?:a|avait) (?:une arme|un fusil|un pistolet|une kalachnikov|un couteau|une machette)",
        r"(?:je vais|on va) (?:le|la|les|tous les) (?:tuer|buter|egorger|descendre)\b",
    ),
    "crime": (
        r"(?:j'ai|nous avons|elle a|il a) ete (?:viole|agresse|poignarde|sequestre|enleve|drogue)e?s?\b",
        r"(?:m'a|m'ont|nous a|nous ont|l'a|l'ont) (?:viole|agresse|poignarde|sequestre|tire dessus|frappe)e?s?\b",
        r"(?:victime|temoin) d'(?:un viol|une agression|un meurtre|une tentative)",
        r"(?:un|le|son|mon) viol\b(?! de (?:la loi|domicile|ses|leurs))",
        r"tentative de (?:viol|meurtre|enlevement)",
    ),
}  # fmt: skip
ACCENTS = re.compile("[\u0300-\u036f]")  # those that Latin letters are taken apart into
# The boundary once, before the choices, so that most places of a text are passed over at once.
COMPILED = {kind: re.compile(rf"\b(?:{'|'.join(patterns)})") for kind, patterns in KINDS.items()}
ANY = re.compile(rf"\b(?:{'|'.join(pattern for patterns in KINDS.values() for pattern in patterns)})")
WHOM: Mapping[str, tuple[tuple[str, str], ...]] = {
    "suicide": (SUICIDE, EMERGENCY),
    "child": (CHILDREN, EMERGENCY),
    "couple": (WOMEN, EMERGENCY, SILENT),
    "danger": (EMERGENCY, SILENT),
    "crime": (EMERGENCY, SILENT),
}


@dataclass(frozen=True)
class Urgent:
    """Whom to call: numbers, each with what it is for."""

    kinds: tuple[str, ...]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys(number for kind in self.kinds for number in WHOM[kind]))


def urgent_in(text: str) -> Urgent | None:
    bare = plain(text)
    if not ANY.search(bare):
        return None
    kinds = tuple(kind for kind, pattern in COMPILED.items() if pattern.search(bare))
    return Urgent(kinds) if kinds else None


def plain(text: str) -> str:
    """Small letters without accents, one kind of apostrophe, one space: how people type in a hurry."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return " ".join(ACCENTS.sub("", letters).split())
