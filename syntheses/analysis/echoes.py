"""Near-identical texts of several contributions: copied, or filled into a prewritten letter.

Three steps. Texts whose words are the same are one unit. Units that share rare runs of words are compared with the
first text that has the run (a star, never all pairs: the time grows with the words, not with their square). Whether two
are near-identical is then decided exactly, word by word, and each member of a group must be near-identical to one text
of it, its model: a chain of small differences does not lead from one text to another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from syntheses.analysis.corpus import Corpus, Ints, corpus_of
from syntheses.analysis.gather import digest
from syntheses.analysis.passages import Passage
from syntheses.analysis.shape import Echo

LEAST_WORDS = 5  # « plus de police », said by thirty people, is no echo
RUN = 3  # words in a row
SHORT = 20  # words: below, two texts must be nearly the same to be near-identical
ALIKE_SHORT, ALIKE = 0.86, 0.66
CONTAINED, CONTAINED_FROM = 0.85, 14  # a letter with a sentence added, or left out
SHARED = 0.25  # of the runs of the shorter text: less is not worth an exact comparison
MODELS = 24  # candidates each text is compared with

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class FoundEcho:
    echo: Echo
    rows: Sequence[int]
    runs: frozenset[int]  # of its model: how a later copy is recognised


def found_in(parts: Sequence[Passage], texts: Sequence[str]) -> list[FoundEcho]:
    """Every echo, the largest first."""
    corpus = corpus_of(texts)
    owners: dict[str, int] = {}
    groups = groups_of(corpus, [owners.setdefault(part.said.contribution, len(owners)) for part in parts])
    runs = run_sets(corpus, [group[0] for group in groups])
    found = []
    for group, own in zip(groups, runs, strict=True):
        model = corpus.of(group[0])
        days = [parts[row].said.day for row in group]
        echo = Echo(
            key=digest("echo", corpus.written(group[0])),
            names=tuple(sorted(parts[row].name for row in group)),
            is_exact=all(np.array_equal(model, corpus.of(row)) for row in group),
            first_day=min(days),
            last_day=max(days),
        )
        found.append(FoundEcho(echo, group, own))
    return sorted(found, key=lambda one: (-len(one.echo.names), one.echo.key))


def by_row(found: Iterable[FoundEcho]) -> dict[int, str]:
    return {row: one.echo.key for one in found for row in one.rows}


def run_sets(corpus: Corpus, texts: Iterable[int] | None = None) -> list[frozenset[int]]:
    """The runs of each text."""
    runs = runs_of(corpus)
    starts, lengths = corpus.starts, corpus.lengths
    chosen = range(len(lengths)) if texts is None else texts
    return [frozenset(runs[starts[t] : starts[t] + max(0, lengths[t] - RUN + 1)].tolist()) for t in chosen]


def groups_of(corpus: Corpus, owners: Sequence[int]) -> list[list[int]]:
    """Groups of near-identical texts of at least two owners; each begins with its model."""
    lengths = corpus.lengths
    units = _units(corpus, lengths)
    masked = _without_figures(corpus)
    firsts = [unit[0] for unit in units]
    joined = _joined(_candidates(corpus, firsts), [masked[first] for first in firsts])
    groups = [[text for unit in group for text in units[unit]] for group in joined]
    return [group for group in groups if len({owners[text] for text in group}) > 1]


def near_identical(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether one is the other with a name, a town, a number or a sentence changed."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < LEAST_WORDS:
        return list(one) == list(other)
    common = LCSseq.similarity(one, other)
    alike = 2 * common / (shorter + longer)
    if shorter >= CONTAINED_FROM and common / shorter >= CONTAINED and longer <= 3 * shorter:
        return True
    return alike >= (ALIKE_SHORT if shorter < SHORT else ALIKE)


def _units(corpus: Corpus, lengths: Ints) -> list[list[int]]:
    """Texts with the very same words, in the order of the first of each."""
    same: dict[bytes, list[int]] = defaultdict(list)
    for text in np.flatnonzero(lengths >= LEAST_WORDS).tolist():
        same[corpus.of(text).tobytes()].append(text)
    return list(same.values())


class _Masked:
    """The words of a text, all figures being the same word."""

    def __init__(self, ids: Ints, starts: Ints) -> None:
        self.ids, self.starts = ids.astype(np.int32), starts

    def __getitem__(self, text: int) -> list[int]:
        words: list[int] = self.ids[self.starts[text] : self.starts[text + 1]].tolist()
        return words


def _without_figures(corpus: Corpus) -> _Masked:
    is_figure = np.array([word.isdigit() for word in corpus.words], dtype=bool)
    ids = np.where(is_figure[corpus.ids], -1, corpus.ids) if len(corpus.ids) else corpus.ids
    return _Masked(ids, corpus.starts)


def runs_of(corpus: Corpus) -> Hashes:
    """A number for each word and the two after it; it depends on the words alone."""
    words = np.array([_hashed(word) for word in corpus.words], dtype=np.uint64)
    if len(corpus.ids) < RUN:
        return np.zeros(0, dtype=np.uint64)
    spelt = words[corpus.ids]
    with np.errstate(over="ignore"):
        runs = spelt[:-2] * np.uint64(0x9E3779B97F4A7C15)
        runs = (runs ^ (runs >> np.uint64(29))) + spelt[1:-1] * np.uint64(0xBF58476D1CE4E5B9)
        runs = (runs ^ (runs >> np.uint64(32))) + spelt[2:] * np.uint64(0x94D049BB133111EB)
        return np.asarray(runs ^ (runs >> np.uint64(31)))


def _hashed(word: str) -> int:
    """FNV-1a: the same on every machine and in every run."""
    value = 0xCBF29CE484222325
    for byte in word.encode() if not word.isdigit() else b"0":
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def _candidates(corpus: Corpus, firsts: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    """Pairs of units worth comparing, with how many runs they share: (earlier, later, shared)."""
    runs, units = _runs_of_units(corpus, firsts)
    if not len(runs):
        return []
    order = np.lexsort((units, runs))
    runs, units = runs[order], units[order]
    is_first = np.r_[True, runs[1:] != runs[:-1]]
    star = units[np.flatnonzero(is_first)][np.cumsum(is_first) - 1]  # the first unit with that run
    keep = star != units
    pairs, shared = np.unique(star[keep].astype(np.int64) * len(firsts) + units[keep], return_counts=True)
    earlier, later = pairs // len(firsts), pairs % len(firsts)
    sizes = np.bincount(units, minlength=len(firsts))
    enough = shared >= np.maximum(2, SHARED * np.minimum(sizes[earlier], sizes[later]))
    return list(zip(earlier[enough].tolist(), later[enough].tolist(), shared[enough].tolist(), strict=True))


def _runs_of_units(corpus: Corpus, firsts: Sequence[int]) -> tuple[Hashes, Ints]:
    """Each run once a unit."""
    all_runs = runs_of(corpus)
    unit_of_text = np.full(len(corpus.starts) - 1, -1, dtype=np.int64)
    unit_of_text[list(firsts)] = np.arange(len(firsts))
    rows = corpus.rows()
    inside = rows[: len(all_runs)] == rows[RUN - 1 :] if len(all_runs) else np.zeros(0, dtype=bool)
    units = unit_of_text[rows[: len(all_runs)]]
    keep = inside & (units >= 0)
    runs, units = all_runs[keep], units[keep]
    if not len(runs):
        return runs, units
    order = np.lexsort((runs, units))
    runs, units = runs[order], units[order]
    once = np.r_[True, (runs[1:] != runs[:-1]) | (units[1:] != units[:-1])]
    return runs[once], units[once]


def _joined(candidates: Iterable[tuple[int, int, int]], words: Sequence[Sequence[int]]) -> list[list[int]]:
    """Each unit goes to the model it shares most with among those it is near-identical to; else it is a model itself."""
    near: Mapping[int, list[tuple[int, int]]] = defaultdict(list)
    for earlier, later, shared in candidates:
        near[later].append((-shared, earlier))
    model: list[int] = []
    for unit, said in enumerate(words):
        tried: set[int] = set()
        chosen = unit
        for _, other in sorted(near.get(unit, ()))[:MODELS]:
            candidate = model[other]
            if candidate not in tried and near_identical(words[candidate], said):
                chosen = candidate
                break
            tried.add(candidate)
        model.append(chosen)
    groups: dict[int, list[int]] = defaultdict(list)
    for unit, chosen in enumerate(model):
        groups[chosen].append(unit)
    return list(groups.values())
