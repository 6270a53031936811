"""What a text holds, as numbers: its roots and the concepts they name, the rare ones weighing more than the common."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from scipy.sparse import csr_matrix, diags, hstack, identity

from syntheses.analysis.lexicon import LIGHT_ROOTS, by_roots, concepts
from syntheses.analysis.words import Bag

Floats = NDArray[np.float64]

ROOTS, CONCEPTS = 1.0, 2.0  # what the two kinds of columns weigh
LIGHT_WEIGHS = 0.35
ROOMS = {"notions": 0.4}  # « plus de », « gratuit », « local » are said of anything
COMPOUND_WEIGHS = 1.5  # « police municipale » says more than either word
WIDER, WIDEST = 0.5, 0.25  # what a concept says of the one above it, and of the one above that
SHORT = 3  # roots: « contre » is an answer, « lutter contre le bruit » is not against anything
DOUBLED = re.compile(r"(.)\1")
MISSPELT_WEIGHS = 0.7
SHORTEST_MISSPELT, LONG = 6, 8


@dataclass(frozen=True)
class Space:
    """The columns: roots, then concepts, and how rare each is. Kept for the texts that come later."""

    number: Mapping[str, int]  # of a root
    rarity: Floats  # of roots, then of concepts

    @property
    def width(self) -> int:
        return len(self.rarity)


def space_of(bag: Bag, held: csr_matrix) -> Space:
    """How rare each root and concept is among these texts."""
    size = held.shape[0]
    times = np.bincount(held.indices, minlength=held.shape[1])
    rarity = np.log((1 + size) / (1 + times)) + np.where(np.arange(held.shape[1]) < len(bag.vocabulary), 1.0, 0.5)
    rarity[len(bag.vocabulary) :] *= [ROOMS.get(concept.room, 1.0) for concept in concepts()]
    for number, root in enumerate(bag.vocabulary):
        if root in LIGHT_ROOTS:
            rarity[number] *= LIGHT_WEIGHS
    return Space({root: number for number, root in enumerate(bag.vocabulary)}, rarity)


def held_by(bag: Bag) -> csr_matrix:
    """How often each text holds each root and each concept; counts grow slowly."""
    counts = bag.counts()
    spelt = counts @ spelling(bag.vocabulary)
    light = diags([1.0 if root in LIGHT_ROOTS else 0.0 for root in bag.vocabulary])
    is_long = np.diff(bag.starts) > SHORT
    telling = counts - diags(is_long.astype(np.float64)) @ counts @ light
    meant = (telling @ naming(bag.vocabulary) + compounds(bag)) @ widening()
    meant.eliminate_zeros()
    spelt.data = 1 + np.log(spelt.data)
    meant.data = np.sqrt(meant.data)
    held = hstack([spelt, meant], format="csr")
    held.sort_indices()
    return held


def weighed(held: csr_matrix, space: Space) -> csr_matrix:
    """Rows whose two halves have fixed lengths: the product of two of them is how alike they are, from 0 to 1."""
    split = len(space.number)
    rare = held @ diags(space.rarity)
    halves = [of_length(rare[:, :split], ROOTS), of_length(rare[:, split:], CONCEPTS)]
    return hstack(halves, format="csr") / np.sqrt(ROOTS + CONCEPTS)


def of_length(rows: csr_matrix, weight: float) -> csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    inverse = np.divide(np.sqrt(weight), lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return diags(inverse) @ rows


def naming(vocabulary: Sequence[str]) -> csr_matrix:
    """Roots × concepts: what each root names by itself, less of each when it names several."""
    known = by_roots()
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for row, root in enumerate(vocabulary):
        named = known.get((root,)) or known.get((meant_by(root),), ())
        rows += [row] * len(named)
        columns += named
        weights += [1 / np.sqrt(max(1, len(named)))] * len(named)
    return csr_matrix((weights, (rows, columns)), shape=(len(vocabulary), len(concepts())))


def compounds(bag: Bag) -> csr_matrix:
    """Texts × concepts, for entries of two or three words: « porter plainte »."""
    number = {root: index for index, root in enumerate(bag.vocabulary)}
    base = len(bag.vocabulary) + 1
    flat, owners = bag.flat.astype(np.int64), bag.owners
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for length in (2, 3):
        wanted: dict[int, tuple[int, ...]] = {}
        for sequence, named in by_roots().items():
            if len(sequence) == length and all(root in number for root in sequence):
                wanted[key_of([number[root] for root in sequence], base)] = named
        if not wanted or len(flat) < length:
            continue
        last = len(flat) - length + 1
        keys = np.zeros(last, dtype=np.int64)
        for step in range(length):
            keys = keys * base + flat[step : last + step]
        keys[owners[:last] != owners[length - 1 :]] = -1
        for place in np.flatnonzero(np.isin(keys, np.fromiter(wanted, dtype=np.int64))).tolist():
            named = wanted[int(keys[place])]
            rows += [owners[place]] * len(named)
            columns += named
            weights += [COMPOUND_WEIGHS / np.sqrt(len(named))] * len(named)
    return csr_matrix((weights, (rows, columns)), shape=(len(bag), len(concepts())))


def key_of(numbers: Sequence[int], base: int) -> int:
    key = 0
    for number in numbers:
        key = key * base + number
    return key


@cache
def widening() -> csr_matrix:
    """Concepts × concepts: who speaks of burglaries speaks of thefts too, and a little of crime."""
    number = {concept.name: index for index, concept in enumerate(concepts())}
    found = identity(len(number), format="lil")
    for index, concept in enumerate(concepts()):
        for wider in concept.wider:
            found[index, number[wider]] = max(found[index, number[wider]], WIDER)
            for widest in concepts()[number[wider]].wider:
                found[index, number[widest]] = max(found[index, number[widest]], WIDEST)
    return found.tocsr()


def spelling(vocabulary: Sequence[str]) -> csr_matrix:
    """Roots × roots: a misspelt root counts for itself and for the one that was probably meant."""
    number = {root: index for index, root in enumerate(vocabulary)}
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for index, root in enumerate(vocabulary):
        meant = number.get(meant_by(root), index)
        if meant != index:
            rows.append(index)
            columns.append(meant)
            weights.append(MISSPELT_WEIGHS)
    probable = csr_matrix((weights, (rows, columns)), shape=(len(vocabulary), len(vocabulary)))
    return identity(len(vocabulary), format="csr") + probable


@cache
def known_roots() -> Mapping[tuple[str, int], tuple[str, ...]]:
    """The roots of the lexicon by first letter and length: few are compared with a misspelt one."""
    found: dict[tuple[str, int], set[str]] = {}
    for root in lexicon_roots():
        found.setdefault((root[0], len(root)), set()).add(root)
    return {key: tuple(sorted(roots)) for key, roots in found.items()}


@cache
def lexicon_roots() -> frozenset[str]:
    return frozenset(root for sequence in by_roots() for root in sequence)


@cache
def squeezed() -> Mapping[str, str]:
    """Roots without their doubled letters: the commonest slip of all."""
    return {DOUBLED.sub(r"\1", root): root for root in sorted(lexicon_roots(), reverse=True)}


@lru_cache(maxsize=200_000)
def meant_by(root: str) -> str:
    """The root of the lexicon that one slip away gives this one; or the root itself.

    French has many words one letter apart: a letter for another is a slip in long words only.
    """
    if root in lexicon_roots() or not root.isalpha():
        return root
    if same := squeezed().get(DOUBLED.sub(r"\1", root)):
        return same
    if len(root) < SHORTEST_MISSPELT:
        return root
    lengths = (len(root) - 1, len(root), len(root) + 1)
    for known in (known for length in lengths for known in known_roots().get((root[0], length), ())):
        is_swap = len(known) == len(root) and sorted(known) == sorted(root)
        if (len(known) != len(root) or is_swap or len(root) >= LONG) and OSA.distance(root, known, score_cutoff=1) <= 1:
            return known
    return root
