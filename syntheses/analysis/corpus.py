"""Many texts as arrays of numbers: folded, cut into words and reduced to stems once for all that reads them.

Folding letter by letter takes longer than all the rest of the analysis; French fits in one byte a letter, whose table
folds a whole text at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from syntheses.analysis.words import folded

Ints = NDArray[np.int64]
TYPED = (("’", "'"), ("‘", "'"), ("œ", "oe"), ("Œ", "oe"), ("…", "."), ("–", "-"), ("—", "-"), ("“", '"'), ("”", '"'))
MORE_TYPED = (*TYPED, ("\u202f", " "), ("\u2019", "'"), ("€", " euros "), ("•", "-"))


def _table(*, keep: bytes) -> bytes:
    """Each byte of Latin-1 as its folded letter or figure; everything else but `keep` as a space."""
    table = bytearray(b" " * 256)
    for code in range(256):
        letter = folded(chr(code))
        if len(letter) == 1 and letter.isascii() and (letter.isalnum() or letter.encode() in keep.split()):
            table[code] = ord(letter)
    return bytes(table)


WORDS_ONLY = _table(keep=b"")


def bare(text: str) -> bytes:
    """Folded words between single spaces."""
    return b" ".join(spelt(text))


def spelt(text: str) -> list[bytes]:
    """The words of a text, folded; `l’` and `qu’` are words of their own here, and too short to count."""
    for typed, plain in MORE_TYPED:
        if typed in text:
            text = text.replace(typed, plain)
    try:
        letters = text.encode("latin-1")
    except UnicodeEncodeError:
        letters = folded(text).encode("latin-1", "replace")
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
