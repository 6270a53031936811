"""The label of an idea: a clause that somebody wrote, which reads like a title."""

import re
from collections.abc import Iterable, Mapping

from syntheses.analysis.corpus import level, spelt
from syntheses.analysis.weights import without_reason
from syntheses.analysis.words import root

LONGEST, SHORTEST = 80, 12
GOOD_LENGTH = 48
TELLING = 6  # roots of the idea that a title should name
ENDS = re.compile(
    r"[.!?…;:]+(?:\s|$)|\s[-–—]\s|\n|\s*\(|,\s(?:mais|et (?:je|il|on|nous)|qui|où|c’est)\b|\smais\s", re.IGNORECASE
)
ASKING = re.compile(
    r"^(?:[-–—•*·]|\(?\d{1,2}\s?[.)°]|\(?[a-h]\))?\s*(?:bonjour|priorité|proposition|ma proposition|constat)?\s?[:,.]?"
    r"\s*(?:(?:il|y) (?:faudrait|faut|faudra)(?: (?:absolument|aussi|donc|également|surtout|vraiment|peut-être))?"
    r"|(?:je|nous) (?:propos\w+|souhait\w+|demand\w+|suggér\w+|voudr\w+|aimer\w+)(?: que l’on (?:pense à|puisse))?"
    r"|(?:on|l’état|la mairie|nous|vous|ils?) (?:devr\w+|pourr\w+|doi\w+)|une idée serait|pourquoi (?:ne )?pas"
    r"|(?:je|on|nous) (?:constat\w+|remarqu\w+|observ\w+|voi\w+|trouv\w+|pens\w+)|il (?:me|nous) semble"
    r"|tout le monde sait|il y a|mes voisins disent(?: aussi)?|d’abord|ensuite|enfin|de plus|par ailleurs|aussi)"
    r"\s?,?\s(?:que?\s|qu’|de\s|d’|à\s(?=\w+(?:er|ir|re)\b))?",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"^(?:depuis|chaque|pendant|après|dès|au moment|à la sortie|les soirs|presque)\s[^,]{2,40},\s"
    r"(?:je constate que\s)?",
    re.IGNORECASE,
)
BAD_START = re.compile(
    r"^(?:que?|qu’|mais|et|ou|car|donc|or|qui|dont|où|cela|ça|ce|cette|ces|il|ils|elle|elles|lui|y|en|je|j’|nous|on|mon|ma|mes|notre|nos"
    r"|oui|non,|merci|bonjour|voilà|si|alors|aussi|puis)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:je|j’\w+|me|m’\w+|mon|ma|mes|moi|nous|notre|nos)\b", re.IGNORECASE)
DETAIL = re.compile(r"\d|[@/\\<>{}=]|(?<=\s)[A-ZÀ-Ý][\w’-]+")
INFINITIVE = re.compile(r"^(?:ne (?:pas|plus) |mieux )?\w+(?:er|ir|oir|tre|dre|ire|cre|pre|vre)\b", re.IGNORECASE)
NOUN = re.compile(
    r"^(?:le|la|les|l’|un|une|des|du|de la|plus|moins|davantage|trop|pas assez|manque|absence|aucun)\b",
    re.IGNORECASE,
)


def label_of(texts: Iterable[str], weights: Mapping[str, float]) -> str:
    """The best clause of texts that are given most typical first; `weights` are the roots of the idea."""
    best, chosen = float("-inf"), ""
    for place, text in enumerate(texts):
        for clause in clauses(text):
            worth = _worth(clause, weights) - 0.08 * place
            if worth > best:
                best, chosen = worth, clause
    return titled(chosen)


def clauses(text: str) -> list[str]:
    """What could be a title: clauses without what introduces them."""
    found = []
    for part in ENDS.split(without_reason(typed(text))):
        clause = part.strip(" ,;:-–—•*·\"«»'\u00a0\u202f")
        for opening in (ASKING, WHEN, ASKING):
            clause = opening.sub("", clause, count=1).strip(" ,")
        if len(clause) > LONGEST:
            clause = shortened(clause)
        if SHORTEST <= len(clause) <= LONGEST:
            found.append(clause)
    if not found:
        found.append(shortened(" ".join(typed(text).split())))
    return found


def shortened(clause: str) -> str:
    """Up to a comma, or a preposition: never within a word."""
    if len(clause) <= LONGEST:
        return clause
    head = clause[: LONGEST + 1]
    for sign in (",", " afin ", " pour ", " dans ", " avec ", " qui ", " et "):
        place = head.rfind(sign)
        if place >= SHORTEST * 2:
            return head[:place].rstrip(" ,")
    return head[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,") + "…" if " " in head else head[: LONGEST - 1] + "…"


def typed(text: str) -> str:
    """As a printer would set it."""
    return re.sub(r"(?<=\w)['`´](?=\w)", "’", text)


def titled(clause: str) -> str:
    clause = " ".join(clause.split()).rstrip(" .,;:!?")
    if clause.isupper():
        clause = clause.lower()
    return clause[:1].upper() + clause[1:]


def _worth(clause: str, weights: Mapping[str, float]) -> float:
    said = [weights.get(root(word.decode()), 0.0) for word in dict.fromkeys(spelt(clause))]
    worth = sum(said) / (sum(sorted(weights.values(), reverse=True)[:TELLING]) or 1)
    worth -= abs(len(clause) - GOOD_LENGTH) / 120
    worth += 0.35 if INFINITIVE.match(clause) else 0.2 if NOUN.match(clause) else 0
    worth -= 0.6 if BAD_START.match(clause) else 0
    worth -= 0.4 if FIRST_PERSON.search(clause) else 0
    worth -= 0.25 * len(DETAIL.findall(clause))
    worth -= 0.8 if clause.isupper() else 0
    worth -= 0.3 if clause.endswith("…") else 0
    worth -= 0.15 if level(clause) == clause.lower() and len(clause) > GOOD_LENGTH else 0  # without any accent
    return worth
