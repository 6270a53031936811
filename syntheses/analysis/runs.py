"""Which texts are worth comparing: those that share runs of words. A run is a number: millions are sorted at once.

A run leads to the first text that has it (a star, never all pairs), so that the time grows with the words.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from syntheses.analysis.corpus import Corpus, Ints

Hashes = NDArray[np.uint64]

RUN = 3  # words in a row
SHARED = 0.2  # of the runs of the shorter text: less is not worth an exact comparison
COMPARED = 16  # texts that each is compared with
MULTIPLIERS = tuple(np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
SHIFTS = tuple(np.uint64(number) for number in (29, 32, 31))


def runs_of(corpus: Corpus) -> Hashes:
    """A number for each word and the two after it; it depends on the words alone, all figures being one word."""
    if len(corpus.ids) < RUN:
        return np.zeros(0, dtype=np.uint64)
    spelt = np.array([_hashed(word) for word in corpus.words], dtype=np.uint64)[corpus.ids]
    size = len(spelt) - RUN + 1
    runs = np.zeros(size, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place, (multiplier, shift) in enumerate(zip(MULTIPLIERS, SHIFTS, strict=True)):
            runs += spelt[place : place + size] * multiplier
            runs ^= runs >> shift
    return runs


def _hashed(word: str) -> int:
    """FNV-1a: the same on every machine and in every run."""
    value = 0xCBF29CE484222325
    for byte in b"0" if word.isdigit() else word.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def run_sets(corpus: Corpus, texts: Iterable[int] | None = None) -> list[frozenset[int]]:
    """The runs of each text."""
    runs = runs_of(corpus)
    starts, lengths = corpus.starts, corpus.lengths
    chosen = range(len(lengths)) if texts is None else texts
    return [frozenset(runs[starts[t] : starts[t] + max(0, lengths[t] - RUN + 1)].tolist()) for t in chosen]


def candidates(corpus: Corpus, firsts: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs among the texts `firsts` worth comparing, as places: (later, earlier), those that share most runs first."""
    runs, units = _once_each(corpus, firsts)
    if not len(runs):
        return []
    order = np.lexsort((units, runs))
    runs, units = runs[order], units[order]
    is_first = np.r_[True, runs[1:] != runs[:-1]]
    star = units[np.flatnonzero(is_first)][np.cumsum(is_first) - 1]
    keep = star != units
    pairs, shared = np.unique(star[keep] * len(firsts) + units[keep], return_counts=True)
    earlier, later = pairs // len(firsts), pairs % len(firsts)
    sizes = np.bincount(units, minlength=len(firsts))
    enough = shared >= np.maximum(2, SHARED * np.minimum(sizes[earlier], sizes[later]))
    earlier, later, shared = earlier[enough], later[enough], shared[enough]
    order = np.lexsort((earlier, -shared, later))
    earlier, later = earlier[order], later[order]
    rank = np.arange(len(later)) - np.searchsorted(later, later)
    kept = rank < COMPARED
    return list(zip(later[kept].tolist(), earlier[kept].tolist(), strict=True))


def _once_each(corpus: Corpus, firsts: Sequence[int]) -> tuple[Hashes, Ints]:
    """The runs of each of these texts, once, and its place."""
    runs, rows = runs_of(corpus), corpus.rows()
    place = np.full(len(corpus.starts) - 1, -1, dtype=np.int64)
    place[list(firsts)] = np.arange(len(firsts))
    units = place[rows[: len(runs)]]
    keep = (units >= 0) & (rows[: len(runs)] == rows[len(rows) - len(runs) :])
    runs, units = runs[keep], units[keep]
    order = np.lexsort((runs, units))
    runs, units = runs[order], units[order]
    once = np.r_[True, (runs[1:] != runs[:-1]) | (units[1:] != units[:-1])] if len(runs) else np.zeros(0, dtype=bool)
    return runs[once], units[once]
