"""Passages as rows that can be compared: roots and the concepts they name, as for themes, the same for every run."""

import re

import numpy as np
from scipy import sparse

from syntheses.analysis.features import Space, held_by, space_of, weighed
from syntheses.analysis.words import Bag

FINE = 8  # how rare a word is counts in eighths: a text more leaves nearly all weights as they are
LIGHTEST = 0.07  # of a row of length 1: what weighs less would only slow comparisons down


REASON = re.compile(
    r"(?:,\s(?:pour|afin|car|parce|puisque|à condition|sinon|ce qui)"
    r"|\s(?:pour que|afin que|afin de|car|parce que|puisque))\b[^.!?…;\n]*"
)
SAYS_ENOUGH = 16  # characters


def without_reason(text: str) -> str:
    """What somebody wants or sees, without why: many reasons are given for one wish, and one reason for many."""
    point = REASON.sub("", text)
    return point if len(point) >= SAYS_ENOUGH else text


def rows_of(bag: Bag) -> sparse.csr_matrix:
    """One row of length 1 a passage; the first columns are the roots of the bag."""
    held = held_by(bag)
    space = space_of(bag, held)
    steps = Space(space.number, np.round(space.rarity * FINE) / FINE)
    return of_length_one(heaviest(of_length_one(sparse.csr_matrix(weighed(held, steps), dtype=np.float32))))


def heaviest(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """Rows without what weighs next to nothing in them."""
    rows.data[rows.data < LIGHTEST] = 0
    rows.eliminate_zeros()
    return rows


def of_length_one(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1))).ravel()
    lengths[lengths == 0] = 1
    return sparse.csr_matrix(sparse.diags((1 / lengths).astype(np.float32)) @ rows)
