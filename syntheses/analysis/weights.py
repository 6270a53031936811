"""What weighs in a passage: its rare roots more than its common ones, and the concepts that its words name."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from syntheses.analysis.lexicon import by_roots, concepts
from syntheses.analysis.words import Bag

Floats = NDArray[np.float32]

MOST = 0.35  # a root that more than this share of the passages holds tells none of them apart
FINE = 8  # weights are rounded to eighths: one text more leaves nearly all of them as they are
CONCEPT = 0.6  # what a concept weighs beside a word


def weighed(bag: Bag) -> sparse.csr_matrix:
    """One row of length 1 a passage; a column a root, then a column a concept."""
    said = bag.counts()
    said.sort_indices()
    said.data = 1 + np.log(said.data)
    meant = said @ naming(bag.vocabulary)
    meant.data = np.minimum(meant.data, 1)
    parts = [of_length_one(said @ sparse.diags(rarity(said))), of_length_one(meant @ sparse.diags(rarity(meant)))]
    return of_length_one(sparse.hstack([parts[0], parts[1] * CONCEPT], format="csr"))


def naming(vocabulary: Sequence[str]) -> sparse.csr_matrix:
    """Roots × concepts: what each root alone names."""
    known = by_roots()
    pairs = [(row, concept) for row, name in enumerate(vocabulary) for concept in known.get((name,), ())]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    shape = (len(vocabulary), len(concepts()))
    return sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)


def rarity(counts: sparse.csr_matrix) -> Floats:
    """How much each column tells, in steps."""
    size = counts.shape[0]
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    weight = np.round(np.log((1 + size) / (1 + held)) * FINE) / FINE
    return np.where(held > max(20, MOST * size), 0, np.maximum(weight, 1 / FINE)).astype(np.float32)


def of_length_one(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    rows = sparse.csr_matrix(rows)
    rows.eliminate_zeros()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1))).ravel()
    lengths[lengths == 0] = 1
    return sparse.csr_matrix(sparse.diags((1 / lengths).astype(np.float32)) @ rows)
