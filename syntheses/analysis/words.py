"""French text as words: folded, without boilerplate, reduced to stems. The original is never touched."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from Stemmer import Stemmer

WORD = re.compile(r"[a-z0-9œæ]+")
# `l’école`, `d'un`, `qu’il`: what is elided says nothing. Folded texts have straight apostrophes.
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'")
STEMMER = Stemmer("french")
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'", "œ": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """Lower case, without accents, with straight apostrophes: what people type on any keyboard looks the same."""
    lowered = unicodedata.normalize("NFKD", text.lower().translate(APOSTROPHES))
    return "".join(letter for letter in lowered if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Every word in its order, folded."""
    return WORD.findall(ELIDED.sub("", folded(text)))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A vocabulary is small beside its texts: each word is reduced once."""
    return STEMMER.stemWord(word)


def stems(text: str) -> Sequence[str]:
    return [stem(word) for word in words(text)]
