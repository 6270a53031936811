"""Constat or proposition: where somebody wrote it is a strong hint, their words can outweigh it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from syntheses.analysis.corpus import Corpus, corpus_of
from syntheses.analysis.shape import FINDING, PROPOSAL

ASKED = 2.6  # how much the place where it was written weighs, in log-odds
UNASKED = 0.35  # without any hint a text is a proposal a little more often than not
READ = 45  # words in which a passage says what it is
FIRST = 3  # words among which a text begins, after « 1) » or « bonjour »


@dataclass(frozen=True, slots=True)
class Cue:
    """A word, or a word and the next one, that says « proposal » (weight above zero) or « finding » (below)."""

    weight: float
    word: str
    then: str = ""
    at_start: bool = False


CUES = (
    Cue(2.6, r"je|nous", r"(?:propos|suger|sugger|preconis|recommand|reclam)\w+"),
    Cue(2.4, r"pourquoi", r"ne|pas"),
    Cue(2.2, r"faudrait|faudra|faut|conviendrait"),
    Cue(1.4, r"serait", r"bien|bon|utile|souhaitable|necessaire|judicieux|interessant"),
    Cue(2.0, r"je|nous|on", r"(?:souhait|demand|voudr|aimer|esper|exig)\w+"),
    Cue(1.8, r"devr(?:ait|aient|ions|iez)|pourr(?:ait|aient|ions|iez)|doit|doivent"),
    Cue(1.6, r"idees?|propositions?|priorites?|solutions?|suggestions?", r"serait|est|a"),
    Cue(1.2, r"est", r"urgent|necessaire|indispensable|important|temps"),
    Cue(1.2, r"merci|demandons", r"de"),
    Cue(2.4, r"(?!(?:hier|cher|premier|dernier|janvier|fevrier|leger|fier|enfer|hiver|particulier|entier|quartier|notre"
        r"|votre|autre|entre|contre|outre|plaisir|avenir|soir|espoir|mer|fer|policier|chantier|papier|courrier|metier"
        r"|centre|titre|nombre|maire|gendre|membre|chambre|ordre|cadre|lettre|rencontre)$)"
        r"\w{2,}(?:er|ir|oir|tre|dre|ire|cre|pre|vre)", at_start=True),
    Cue(1.6, r"plus|moins|davantage", r"de|d", at_start=True),
    Cue(1.6, r"creation|mise|installation|renforcement|interdiction|suppression|augmentation|generalisation|que|oui|non"
        r"|stop|faites|mettez|arretez|remettez|rendez|priorite", at_start=True),
    Cue(-1.6, r"je|nous|on", r"(?:constat|remarqu|observ|voi[ts]|not)\w*"),
    Cue(-1.6, r"manque|absence|trop", r"de|d|peu"),
    Cue(-1.4, r"pas", r"assez"),
    Cue(-1.4, r"insuffisant\w*|aucune?|jamais|personne"),
    Cue(-1.2, r"n|ne", r"(?!pas$)\w+"),
    Cue(-1.2, r"depuis|chaque|souvent|toujours|regulierement"),
    Cue(-1.0, r"tous|toutes", r"les"),
    Cue(-1.0, r"y|c|ce|est|sont", r"a|est|sont|devenue?s?"),
    Cue(-1.0, r"etait|etaient|sont|ont|avons|ai|suis"),
    Cue(-0.8, r"peur|inquiet\w*|insecurite|sens|sent"),
)  # fmt: skip


def kinds_of(corpus: Corpus, asked: Sequence[str]) -> list[tuple[str, int]]:
    """What each passage is, and how sure that is, in percent."""
    hint = {PROPOSAL: ASKED, FINDING: -ASKED}
    score = np.array([hint.get(kind, UNASKED) for kind in asked], dtype=np.float64) + spoken(corpus)
    sure = np.minimum(99, np.round(100 / (1 + np.exp(-np.abs(score))))).astype(int).tolist()
    return [
        (PROPOSAL if is_proposal else FINDING, percent) for is_proposal, percent in zip(score > 0, sure, strict=True)
    ]


def kind_of(text: str, asked: str) -> tuple[str, int]:
    return kinds_of(corpus_of([text]), [asked])[0]


def spoken(corpus: Corpus) -> NDArray[np.float64]:
    """What the words alone say, in log-odds of a proposal; each cue counts once a passage."""
    size = len(corpus.starts) - 1
    score = np.zeros(size)
    if not len(corpus.ids):
        return score
    rows = corpus.rows()
    place = np.arange(len(corpus.ids)) - corpus.starts[rows]
    follows = np.r_[rows[1:] == rows[:-1], False]
    following = np.r_[corpus.ids[1:], 0]
    for cue in CUES:
        found = _is(cue.word, corpus)[corpus.ids] & (place < (FIRST if cue.at_start else READ))
        if cue.then:
            found &= follows & _is(cue.then, corpus)[following]
        score[np.unique(rows[found])] += cue.weight
    return score


def _is(pattern: str, corpus: Corpus) -> NDArray[np.bool_]:
    """Which words of the vocabulary match."""
    fits = re.compile(pattern).fullmatch
    return np.fromiter((fits(word) is not None for word in corpus.words), dtype=bool, count=len(corpus.words))
