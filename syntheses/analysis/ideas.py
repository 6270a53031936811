"""Passages of one theme and nature that say the same thing become an idea.

Leaders: the passages that most others resemble, one after the other; each gathers those that resemble it enough and
nobody more. It depends on pairs of passages only, so a text more changes little; what resembles nothing stays an idea
of its own.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ALIKE = 0.22  # cosine from which a passage may join a leader
MERGED = 0.45  # leaders this alike lead one idea
AT_ONCE = 3_000  # passages compared with each other in one go; leaders of more are looked for in a part of them
ROUNDS = 6


def grouped(rows: sparse.csr_matrix, ties: Sequence[str], seeds: Mapping[int, str] | None = None) -> Ints:
    """The leader of each passage, itself when it is alone. `ties` are derived from the texts; they order equals.

    Passages with a seed keep their group: its leader is the first of them, and passages alike may join it.
    """
    size = rows.shape[0]
    leaders = np.full(size, -1, dtype=np.int64)
    order = np.array(sorted(range(size), key=lambda row: ties[row]), dtype=np.int64)
    _plant(rows, leaders, order, seeds or {})
    for _ in range(ROUNDS):
        left = order[leaders[order] < 0]
        if not len(left):
            break
        part = left[:AT_ONCE]
        found = _leaders_among(rows[part])
        chosen = part[np.unique(found[found >= 0])]
        if len(chosen):
            _follow(rows, left, chosen, leaders)
        if len(part) == len(left):
            break
    alone = leaders < 0
    leaders[alone] = np.flatnonzero(alone)
    return leaders


def _plant(rows: sparse.csr_matrix, leaders: Ints, order: Ints, seeds: Mapping[int, str]) -> None:
    """Groups that people made take what resembles any of their members."""
    if not seeds:
        return
    members = [int(row) for row in order if int(row) in seeds]
    first: dict[str, int] = {}
    for row in members:
        leaders[row] = first.setdefault(seeds[row], row)
    free = order[leaders[order] < 0]
    if len(free):
        likeness = sparse.csr_matrix(rows[free] @ rows[members].T)
        best, who = _best(likeness)
        join = best >= MERGED
        leaders[free[join]] = leaders[np.array(members, dtype=np.int64)[who[join]]]


def _leaders_among(rows: sparse.csr_matrix) -> Ints:
    """The leader of each row, -1 for those that nobody resembles; rows come in the order that breaks ties."""
    likeness = sparse.csr_matrix(rows @ rows.T)
    likeness.setdiag(0)
    likeness.data[likeness.data < ALIKE] = 0
    likeness.eliminate_zeros()
    weight = np.round(np.asarray(likeness.sum(axis=1)).ravel(), 4)
    found = np.full(rows.shape[0], -1, dtype=np.int64)
    for row in np.lexsort((np.arange(rows.shape[0]), -weight)).tolist():
        if found[row] >= 0 or weight[row] == 0:
            continue
        begin, end = likeness.indptr[row], likeness.indptr[row + 1]
        near = likeness.indices[begin:end]
        near = near[found[near] < 0]
        if len(near):
            found[near] = row
            found[row] = row
    return found


def _follow(rows: sparse.csr_matrix, left: Ints, chosen: Ints, leaders: Ints) -> None:
    """Each passage follows the leader it resembles most, if enough."""
    best, who = _best(sparse.csr_matrix(rows[left] @ rows[chosen].T))
    join = best >= ALIKE
    leaders[left[join]] = chosen[who[join]]
    leaders[chosen] = chosen


def _best(likeness: sparse.csr_matrix) -> tuple[Floats, Ints]:
    """The highest value of each row, and its column, the first of equals."""
    size = likeness.shape[0]
    best, who = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.int64)
    filled = np.diff(likeness.indptr) > 0
    if filled.any():
        likeness.sort_indices()
        values = np.round(likeness.data, 4)
        rows = np.repeat(np.arange(size), np.diff(likeness.indptr))
        order = np.lexsort((likeness.indices, -values, rows))
        first = likeness.indptr[:-1][filled]
        best[filled] = values[order][first]
        who[filled] = likeness.indices[order][first]
    return best, who
