"""Passages of one theme and nature that say the same thing become an idea.

Leaders first: the passages that most others resemble, one after the other, each gathering those that resemble it
enough. Then each passage goes to the group whose middle it resembles most, which mends what leaders took too greedily.
It all depends on pairs of passages and on nothing learnt from the whole, so that a text more changes little; what
resembles nothing stays an idea of its own.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from syntheses.analysis.weights import heaviest

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# How alike passages of an idea are: with few texts broad ideas read better, with thousands fine ones can be told apart.
# Steps, so that the measure does not change with each text that arrives.
ALIKE = ((64, 0.17), (256, 0.28), (1024, 0.38))
ALIKE_MANY = 0.44
JOINS_PERSON = 0.3  # how alike to a passage that a person put into a group
STAYS = 0.7  # of that measure: how alike a passage must be to the middle of its group
ROUNDS_OF_MIDDLES = 2
AT_ONCE = 1_200  # passages among which leaders are looked for in one go
GOES = 8
CHUNK = 2_000


def alike_among(size: int) -> float:
    return next((alike for most, alike in ALIKE if size < most), ALIKE_MANY)


def grouped(rows: sparse.csr_matrix, ties: Sequence[str], seeds: Mapping[int, str] | None = None) -> Ints:
    """The most typical passage of each one's group: itself when it is alone.

    `ties` are derived from the texts and order equals. Passages with a seed stay together; what is alike joins them.
    """
    size = rows.shape[0]
    if not size:
        return np.zeros(0, dtype=np.int64)
    alike = alike_among(size)
    order = np.array(sorted(range(size), key=lambda row: ties[row]), dtype=np.int64)
    ordered = rows[order]
    place = {int(row): at for at, row in enumerate(order)}
    planted = {place[row]: key for row, key in (seeds or {}).items()}
    groups = _planted(ordered, planted)
    _lead(ordered, groups, alike)
    fixed = np.zeros(size, dtype=bool)
    fixed[list(planted)] = True
    for _ in range(ROUNDS_OF_MIDDLES):
        groups = _by_middles(ordered, groups, fixed, alike)
    typical = _typical(ordered, groups)
    found = np.empty(size, dtype=np.int64)
    found[order] = order[typical]
    return found


def _planted(rows: sparse.csr_matrix, planted: Mapping[int, str]) -> Ints:
    """Groups that people made, and what resembles one of their members; -1 for all others."""
    groups = np.full(rows.shape[0], -1, dtype=np.int64)
    if not planted:
        return groups
    members = sorted(planted)
    first: dict[str, int] = {}
    groups[members] = [first.setdefault(planted[row], row) for row in members]
    free = np.flatnonzero(groups < 0)
    if len(free):
        best, who = best_of(rows[free], rows[members])
        joins = best >= JOINS_PERSON
        groups[free[joins]] = groups[np.array(members)[who[joins]]]
    return groups


def _lead(rows: sparse.csr_matrix, groups: Ints, alike: float) -> None:
    """Leaders are found in a part of the passages, then followed by all that are left; what follows nobody is next."""
    for _ in range(GOES):
        left = np.flatnonzero(groups < 0)
        part = left[:AT_ONCE]
        if not len(part):
            return
        leaders = part[_leaders_among(rows[part], alike)]
        if len(leaders):
            best, who = best_of(rows[left], rows[leaders])
            follows = best >= alike
            groups[left[follows]] = leaders[who[follows]]
            groups[leaders] = leaders
        alone = part[groups[part] < 0]
        groups[alone] = alone
    left = np.flatnonzero(groups < 0)
    groups[left] = left


def _leaders_among(rows: sparse.csr_matrix, alike: float) -> Ints:
    """Those that most others resemble; each takes its followers out of the count. Earlier rows win ties."""
    likeness = sparse.csr_matrix(rows @ rows.T)
    likeness.data[likeness.data < alike] = 0
    likeness.setdiag(0)
    likeness.eliminate_zeros()
    weight = np.round(np.asarray(likeness.sum(axis=1)).ravel(), 4)
    is_free = np.ones(rows.shape[0], dtype=bool)
    leaders = []
    for row in np.lexsort((np.arange(len(weight)), -weight)).tolist():
        if is_free[row] and weight[row] > 0:
            near = likeness.indices[likeness.indptr[row] : likeness.indptr[row + 1]]
            if is_free[near].any():
                is_free[near] = False
                leaders.append(row)
                is_free[row] = False
    return np.array(leaders, dtype=np.int64)


def _by_middles(rows: sparse.csr_matrix, groups: Ints, fixed: NDArray[np.bool_], alike: float) -> Ints:
    """Each passage in the group whose middle it resembles most, or alone; those that people placed do not move."""
    names, own = np.unique(groups, return_inverse=True)
    sizes = np.bincount(own)
    has_middle = (sizes > 1) | (np.bincount(own, weights=fixed) > 0)
    if not has_middle.any():
        return groups
    best, who = best_of(rows, heaviest(middles(rows, own, len(names))[has_middle]))
    stays = best >= np.where(sizes[own] > 1, STAYS * alike, alike)
    moved = np.where(stays, names[has_middle][who], np.arange(len(groups)))
    return np.where(fixed, groups, _renamed(moved, groups, fixed))


def _renamed(moved: Ints, groups: Ints, fixed: NDArray[np.bool_]) -> Ints:
    """A passage left alone takes its own number, unless that still names a group that others are in."""
    size = len(moved)
    alone = moved == np.arange(size)
    taken = np.zeros(size, dtype=bool)
    taken[moved[~alone]] = True
    taken[groups[fixed]] = True
    return np.where(alone & taken & (moved != groups), size + np.arange(size), moved)


def middles(rows: sparse.csr_matrix, own: Ints, count: int) -> sparse.csr_matrix:
    """The mean of each group, of length 1."""
    members = sparse.csr_matrix((np.ones(len(own), dtype=np.float32), (own, np.arange(len(own)))), (count, len(own)))
    sums = sparse.csr_matrix(members @ rows)
    lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags((1 / np.maximum(lengths, 1e-9)).astype(np.float32)) @ sums)


def _typical(rows: sparse.csr_matrix, groups: Ints) -> Ints:
    """For each row, the row of its group nearest to the middle; the earlier of equals."""
    names, own = np.unique(groups, return_inverse=True)
    centres = middles(rows, own, len(names))
    near = np.round(np.asarray(rows.multiply(centres[own]).sum(axis=1)).ravel(), 4)
    order = np.lexsort((np.arange(len(own)), -near, own))
    firsts = order[np.r_[True, np.diff(own[order]) > 0]]
    return firsts[own]


def best_of(rows: sparse.csr_matrix, others: sparse.csr_matrix) -> tuple[Floats, Ints]:
    """How alike each row is to the one it resembles most among others, and which: the first of equals."""
    best = np.zeros(rows.shape[0], dtype=np.float32)
    who = np.zeros(rows.shape[0], dtype=np.int64)
    turned = sparse.csr_matrix(others.T)
    for begin in range(0, rows.shape[0], CHUNK):
        likeness = np.round((rows[begin : begin + CHUNK] @ turned).toarray(), 4)
        who[begin : begin + CHUNK] = likeness.argmax(axis=1)
        best[begin : begin + CHUNK] = likeness.max(axis=1)
    return best, who
