"""From titles and decisions to shares: the mathematics of `themes.py`, on rows of numbers only.

Each text gives each theme a score: how near it is to the theme's title, plus what was learnt about its words from the
other texts (a ridge regression on the shares, each text being judged by the others only), plus how large the theme is.
The shares that follow teach the next turn. Decided texts keep their shares and weigh more.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csr_matrix

from syntheses.analysis.features import Floats

TITLE = 12.0  # how much a title counts
WORDS = 8.0  # how much what was learnt counts
RIDGE = 1.0
GUESSED, DECIDED = 0.3, 6.0  # what a text teaches by itself
SIZE_OF_DECIDED = 3.0  # what a decision says of a theme's size
SIZE_BEFORE = 1.0  # texts that each theme is supposed to have before any is read
TURNS = 8
LEVEL, LEVEL_LEAST = 0.5, 0.05  # titles of many words are near to fewer texts: how far that is made up for
ASKED = 3.0  # how much it counts under which theme something was written
TEACHERS = 1_000  # texts that teach; the others only learn
PLAIN = 0.24  # how far the nearest title is ahead of the next where titles are told apart with ease
LEAST_TRUST, DOUBT = 0.35, 0.9
NEVER = -1e9
HALF = 0.5


@dataclass(frozen=True)
class Learnt:
    shares: Floats  # texts × (themes, then off the subject)
    near: Floats  # texts × themes: to each title
    weights: Floats  # columns × themes: what each root and each concept says of each theme
    bias: Floats
    trust: float  # from 0 to 1, how well titles tell these texts apart


def learn(texts: csr_matrix, titles: csr_matrix, hints: NDArray[np.int64], known: Mapping[int, Floats]) -> Learnt:
    """`titles` has three rows a theme: title, description, keywords."""
    profiles = profiles_of(titles)
    near = np.round(texts @ profiles.T, 9)
    level = levels_of(near)
    near = near * level
    has_off = any(share[-1] > 0 for share in known.values())
    count = profiles.shape[0]
    fixed = np.full((texts.shape[0], count + 1), 0.0 if has_off else NEVER)
    fixed[:, :count] = TITLE * near
    asked = np.flatnonzero(hints >= 0)
    fixed[asked, hints[asked]] += ASKED

    teachers = teachers_of(texts, known)
    own = texts[teachers]
    is_known = np.isin(teachers, np.fromiter(known, dtype=np.int64, count=len(known)))
    given = np.array([known[row] if row in known else np.zeros(count + 1) for row in teachers.tolist()])
    given = given.reshape(len(teachers), count + 1)
    weight = np.where(is_known, DECIDED, GUESSED)
    alike = (own @ own.T).toarray()
    inverse = inverse_of(alike + np.diag(RIDGE / weight))
    size = np.full(count + 1, 1 / (count + 1))
    shares = np.where(is_known[:, None], given, softmax(fixed[teachers]))
    for _ in range(TURNS):
        size = sizes_of(shares, is_known)
        pull = inverse @ (shares - size)
        by_others = (shares - size) - pull / np.diag(inverse)[:, None]
        scores = fixed[teachers] + WORDS * by_others + np.log(size)
        shares = np.where(is_known[:, None], given, softmax(scores))
    weights = WORDS * (own.T @ pull) if len(teachers) else np.zeros((texts.shape[1], count + 1))
    found = softmax(fixed + texts @ weights + np.log(size))
    found[teachers] = shares
    weights[:, :count] += TITLE * profiles.T * level
    return Learnt(found, near, weights, np.log(size), trust_in(near))


def inverse_of(matrix: Floats) -> Floats:
    """Of a symmetric matrix that is surely invertible: half the work of the general way."""
    if not len(matrix):
        return matrix
    factor, _ = dpotrf(matrix, lower=True)
    half, _ = dpotri(factor, lower=True)
    return np.tril(half) + np.tril(half, -1).T


def profiles_of(titles: csr_matrix) -> Floats:
    """One row a theme, of length 1 or nothing."""
    dense = titles.toarray().reshape(-1, 3, titles.shape[1])
    summed = dense[:, 0] + 0.5 * dense[:, 1] + dense[:, 2]
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.divide(summed, lengths, out=np.zeros_like(summed), where=lengths > 0)


def levels_of(near: Floats) -> Floats:
    if not len(near):
        return np.ones(near.shape[1])
    nearest = np.sort(near, axis=0)[-max(3, len(near) // 20) :].mean(axis=0)
    level = np.maximum(nearest, LEVEL_LEAST)
    return (level.mean() / level) ** LEVEL


def trust_in(near: Floats) -> float:
    """Where titles are vague, what they teach is less sure than it believes."""
    if near.shape[0] == 0 or near.shape[1] < 2:  # noqa: PLR2004 (one theme has no rival)
        return 1.0
    two = np.partition(near, -2, axis=1)[:, -2:]
    return round(float(np.clip((two[:, 1] - two[:, 0]).mean() / PLAIN, LEAST_TRUST, 1)), 4)


def certainty(shares: Floats, trust: float) -> NDArray[np.int64]:
    """Of each text's main theme, in percent; measured (docs/analysis.md)."""
    main = np.clip(shares.max(axis=1, initial=0), 0.02, 0.985)
    odds = trust * np.log(main / (1 - main)) - DOUBT * (1 - trust)
    return np.round(100 / (1 + np.exp(-np.round(odds, 6)))).astype(np.int64)


def teachers_of(texts: csr_matrix, known: Mapping[int, Floats]) -> NDArray[np.int64]:
    """The decided, and as many others as can be afforded, spread evenly over the sorted texts."""
    others = np.setdiff1d(np.arange(texts.shape[0]), np.fromiter(known, dtype=np.int64, count=len(known)))
    if len(others) > TEACHERS:
        others = others[np.linspace(0, len(others) - 1, TEACHERS).astype(np.int64)]
    return np.sort(np.concatenate([others, np.fromiter(known, dtype=np.int64, count=len(known))])).astype(np.int64)


def sizes_of(shares: Floats, is_known: NDArray[np.bool_]) -> Floats:
    mass = shares.T @ np.where(is_known, SIZE_OF_DECIDED, 1.0) + SIZE_BEFORE
    return mass / mass.sum()


def softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
