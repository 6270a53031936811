"""Constat or proposition: where somebody wrote it is a strong hint, their words can outweigh it."""

import math
import re

from syntheses.analysis.shape import FINDING, PROPOSAL
from syntheses.analysis.words import folded

ASKED = 2.6  # how much the place where it was written weighs, in log-odds
UNASKED = 0.35  # without any hint, a text is a proposal a little more often than not
READ = 240  # characters in which a passage says what it is

# How strongly each way to speak says « proposal » (above zero) or « finding » (below), in log-odds.
WAYS: tuple[tuple[float, str], ...] = (
    (2.6, r"\b(?:je|nous) (?:propos|suger|sugger|preconis|recommand|reclam)\w+"),
    (2.4, r"\bpourquoi (?:ne |n')?pas\b"),
    (2.2, r"\b(?:il |y )?(?:faudrait|faudra|faut|conviendrait|serait (?:bien|bon|utile|souhaitable|necessaire))\b"),
    (2.0, r"\b(?:je|nous|on) (?:souhait|demand|voudr|aimer|esper|exig)\w+"),
    (1.8, r"\b(?:devr(?:ait|aient|ions|iez)|pourr(?:ait|aient|ions|iez)|doit|doivent)\b"),
    (
        1.6,
        r"\b(?:une idee|ma proposition|mes propositions|priorite|solutions?|suggestion|proposition)s? ?(?:serait|:|est)",
    ),
    (1.2, r"\b(?:il est (?:urgent|necessaire|indispensable|important|temps)|a quand|merci de|faites|mettez|arretez)\b"),
    (-1.6, r"\b(?:je|nous|on) (?:constat|remarqu|observ|voi[ts]|not)\w*\b"),
    (-1.6, r"\b(?:manque (?:de|d')|absence (?:de|d')|trop (?:de|d'|peu)|pas assez|insuffisan\w+|aucune?)\b"),
    (-1.4, r"\b(?:ne|n')\s?\w+ (?:plus|pas|jamais|rien|personne|aucune?)\b"),
    (
        -1.2,
        r"\b(?:depuis (?:que|des|un|deux|trois|quelques|la|le|les|cet|cette|l')|chaque|tous les|toutes les|souvent|toujours"
        r"|regulierement|de plus en plus)\b",
    ),
    (-1.0, r"\b(?:il y a|c'est|ce sont|sont|est devenue?|etait|etaient|a ete|ont ete)\b"),
    (-0.8, r"\b(?:me sens|se sent|peur|inquiet\w*|insecurite|j'ai|nous avons|m'a|m'ont|ai ete)\b"),
)
SPOKEN = tuple((weight, re.compile(pattern)) for weight, pattern in WAYS)
# « Rouvrir le poste », « Plus de patrouilles », « Des ralentisseurs », « Que la police… ».
INFINITIVE = re.compile(
    r"^\W*(?:\d+\W+)?(?:(?:ne (?:pas|plus)|mieux|mais|et|puis|se|s') ?)?"
    r"(?!(?:hier|cher|premier|dernier|janvier|fevrier|leger|fier|enfer|hiver|particulier|entier|quartier|notre|votre|autre"
    r"|entre|contre|outre|encore|faire-part|plaisir|avenir|soir|espoir|pouvoir|mer|fer)\b)"
    r"[a-z]{2,}(?:er|ir|oir|tre|dre|ire|cre|pre|vre)\b"
)
NAMED = re.compile(r"^\W*(?:\d+\W+)?(?:(?:beaucoup )?(?:plus|moins|davantage) (?:de|d')|que (?:l|d|c|ch)|creation|mise en place"
                   r"|installation|renforcement|oui a|non a|stop a)\b")  # fmt: skip
BEGINS = ((2.4, INFINITIVE), (1.6, NAMED))


def kind_of(text: str, asked: str) -> tuple[str, int]:
    """What a passage is, and how sure that is, in percent."""
    score = {PROPOSAL: ASKED, FINDING: -ASKED}.get(asked, UNASKED) + spoken(text)
    sure = 1 / (1 + math.exp(-abs(score)))
    return (PROPOSAL if score > 0 else FINDING), min(99, round(100 * sure))


def spoken(text: str) -> float:
    """What the words alone say, in log-odds of a proposal."""
    said = folded(text[:READ])
    score = sum(weight for weight, way in SPOKEN if way.search(said))
    return score + sum(weight for weight, way in BEGINS if way.match(said))
