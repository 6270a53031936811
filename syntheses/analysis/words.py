"""French text as words: folded, without boilerplate, reduced to roots. The original is never touched."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from Stemmer import Stemmer

from syntheses.analysis.french import BOILERPLATE, IN_ENT, IRREGULAR, LIGHT, STOP, SUFFIXES

WORD = re.compile(r"[a-z0-9]+")
# `l’école`, `d'un`, `qu’il`: what is elided says nothing. Folded texts have straight apostrophes.
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'")
STEMMER = Stemmer("french")
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'", "œ": "oe", "æ": "ae"})
BETWEEN = "\x1f"  # stands between two texts that are read at once; it cannot be typed
CLOSED = BETWEEN.encode()
ONLY_WORDS = bytes(sign if chr(sign).isalnum() or sign == ord(BETWEEN) else ord(" ") for sign in range(256))
AT_ONCE = 2_000
LONGEST_WORD = 40
SHORTEST_ROOT = 4


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


@lru_cache(maxsize=400_000)
def root(word: str) -> str:
    """What a word's family shares, or nothing for a word that says nothing: `éclairage`, `éclairées` → `eclair`."""
    if word in STOP or (len(word) == 1 and not word.isdigit()) or len(word) > LONGEST_WORD:
        return ""
    if word in LIGHT:
        return LIGHT[word]
    if known := IRREGULAR.get(word):
        return known
    if word.endswith(("ees", "ee")) and len(word) > SHORTEST_ROOT + 1:
        word = word.rstrip("s")[:-1]
    elif len(word) >= SHORTEST_ROOT and word[-1] == "s" and word[-2] in "aiou":
        word = word[:-1]  # `voyous`, `élus`: plurals that the stemmer leaves
    elif word.endswith("ent") and len(word) > SHORTEST_ROOT + 1 and not word.endswith("ment") and word not in IN_ENT:
        word = word[:-2]  # `ils roulent`
    if known := IRREGULAR.get(word):
        return known
    found = stem(word)
    for suffix in SUFFIXES:
        if found.endswith(suffix) and len(found) - len(suffix) >= SHORTEST_ROOT:
            return found[: -len(suffix)]
    return found


def roots(text: str) -> list[str]:
    """The roots of a text in their order, without those of empty words."""
    return [found for word in words(text) if (found := root(word))]


@dataclass(frozen=True)
class Bag:
    """Many texts as roots. `flat[starts[n]:starts[n + 1]]` are those of text `n`, in their order."""

    vocabulary: list[str]  # sorted: the same texts give the same numbers, in whatever order they came
    flat: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def owners(self) -> NDArray[np.int32]:
        """The text of each root in `flat`."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def counts(self) -> csr_matrix:
        """Texts × vocabulary."""
        ones = np.ones(len(self.flat), dtype=np.float32)
        matrix = csr_matrix((ones, self.flat.copy(), self.starts), shape=(len(self), len(self.vocabulary)))
        matrix.sum_duplicates()
        return matrix


def bag(texts: Iterable[str]) -> Bag:
    """All texts read at once: some microseconds each, since a word is only reduced the first time it is met."""
    number: dict[bytes, int] = {CLOSED: 0}
    parts: list[NDArray[np.int32]] = []
    remaining = iter(texts)
    while batch := list(islice(remaining, AT_ONCE)):
        parts.append(numbered(batch, number))
    flat = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
    return arranged([word.decode("ascii") for word in number], flat)


def numbered(batch: Sequence[str], number: dict[bytes, int]) -> NDArray[np.int32]:
    """The words of some texts, each text closed by its sign, as numbers of words as they are written."""
    joined = BETWEEN.join(batch)
    if joined.count(BETWEEN) != len(batch) - 1:
        joined = BETWEEN.join(text.replace(BETWEEN, " ") for text in batch)
    tokens = plain(joined + BETWEEN).split()
    for word in dict.fromkeys(tokens):
        number.setdefault(word, len(number))
    return np.fromiter(map(number.__getitem__, tokens), dtype=np.int32, count=len(tokens))


def plain(text: str) -> bytes:
    """As `folded`, with a space for whatever is neither letter nor figure. For long texts."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    ascii_only = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore")
    return ascii_only.translate(ONLY_WORDS).replace(CLOSED, b" " + CLOSED + b" ")


def arranged(written: Sequence[str], flat: NDArray[np.int32]) -> Bag:
    """From words as they are written to the sorted vocabulary of their roots."""
    reduced = [root(word) if word != BETWEEN else BETWEEN for word in written]
    vocabulary = sorted(set(reduced) - {"", BETWEEN})
    known = {word: number for number, word in enumerate(vocabulary)} | {"": -1, BETWEEN: -2}
    of_written = np.fromiter((known[word] for word in reduced), dtype=np.int32, count=len(reduced))
    flat = of_written[flat]
    ends = np.flatnonzero(flat == known[BETWEEN])
    kept = np.concatenate(([0], np.cumsum(flat >= 0)))
    starts = np.concatenate(([0], kept[ends])).astype(np.int64)
    return Bag(vocabulary, flat[flat >= 0], starts)


def without_boilerplate(text: str) -> str:
    """A folded text without greetings, thanks and what everybody begins with."""
    return BOILERPLATE.sub(" ", text)


def every_root(texts: Iterable[str]) -> set[str]:
    return set(chain.from_iterable(roots(text) for text in texts))
