"""Many texts as arrays of numbers: each word in its place, folded. `words.bag` keeps only roots; here nothing is lost.

Folding letter by letter takes longer than all the rest of the analysis. The letters of French fit in one byte each, and
one table then folds a text at once.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from syntheses.analysis.words import folded

Ints = NDArray[np.int64]
ONE_BYTE = "cp1252"  # Latin letters, œ, typographic quotes, dashes and the ellipsis
PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "œ": "o", "Œ": "o", "…": "."}


def _table() -> bytes:
    table = bytearray(b" " * 256)
    for code in range(256):
        letter = bytes([code]).decode(ONE_BYTE, "replace")
        plain = PLAIN.get(letter) or folded(letter)
        table[code] = ord(plain) if len(plain) == 1 and plain.isascii() else ord(" ")
    return bytes(table)


LEVEL = _table()
WORDS_ONLY = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in LEVEL)  # noqa: PLR2004 (ASCII)


def level(text: str) -> str:
    """As `folded`, but each character stays in its place: what is found in one is found in the other."""
    return text.encode(ONE_BYTE, "replace").translate(LEVEL).decode("ascii")


def spelt(text: str) -> list[bytes]:
    """Every word of a text in its order; `l’` and `qu’` are words of their own here."""
    if "œ" in text:
        text = text.replace("œ", "oe")
    try:
        letters = text.encode(ONE_BYTE)
    except UnicodeEncodeError:
        # NFKC first: accents typed as characters of their own, ligatures, letters of full width.
        letters = unicodedata.normalize("NFKC", text).encode(ONE_BYTE, "replace").replace(b"?", b" ")
    return letters.translate(WORDS_ONLY).split()


@dataclass(frozen=True)
class Corpus:
    """Texts as words: those of text `i` are `ids[starts[i]:starts[i + 1]]`, numbers of `words`."""

    words: Sequence[str]
    ids: Ints
    starts: Ints

    @property
    def lengths(self) -> Ints:
        return np.diff(self.starts)

    def of(self, text: int) -> Ints:
        return self.ids[self.starts[text] : self.starts[text + 1]]

    def written(self, text: int) -> str:
        return " ".join(self.words[word] for word in self.of(text).tolist())

    def rows(self) -> Ints:
        """The text of each word."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)


def corpus_of(texts: Iterable[str]) -> Corpus:
    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    ids: list[int] = []
    starts = [0]
    for text in texts:
        ids.extend(map(numbers.__getitem__, spelt(text)))
        starts.append(len(ids))
    words = [word.decode("ascii") for word in numbers]
    return Corpus(words, np.array(ids, dtype=np.int64), np.array(starts, dtype=np.int64))
