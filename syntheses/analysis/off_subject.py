"""What a consultation did not ask: matters of public life that no theme's title, description or keyword is near to."""

from collections.abc import Collection
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from syntheses.analysis.features import Floats
from syntheses.analysis.lexicon import concepts

ROOM = "public_life"
ALSO = {"culture", "sport", "hors sujet"}
FOREIGN = 0.4  # from this share of what a text names on, if it is hardly near any theme
HARDLY = 0.1


@cache
def of_public_life() -> NDArray[np.bool_]:
    return np.array([concept.room == ROOM or concept.name in ALSO for concept in concepts()])


def beside(profiles: Floats) -> list[str]:
    """The concepts that are beside the subject when these are the themes."""
    named = (profiles[:, -len(concepts()) :] > 0).any(axis=0)
    return [concept.name for concept, is_beside in zip(concepts(), of_public_life() & ~named, strict=True) if is_beside]


def share_beside(texts: csr_matrix, names: Collection[str]) -> Floats:
    """Of all that each text names, how much is beside the subject."""
    named = texts[:, -len(concepts()) :].power(2)
    is_beside = np.array([concept.name in names for concept in concepts()], dtype=np.float64)
    whole = np.asarray(named.sum(axis=1)).ravel()
    return np.divide(np.asarray(named @ is_beside), whole, out=np.zeros_like(whole), where=whole > 0)
