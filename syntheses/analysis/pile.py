"""Where a decision teaches most: in the middle of many unsure texts that resemble one another, and none decided."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from syntheses.analysis.features import Floats

LOOKED_AT = 400  # texts worth most before their neighbours on the pile are known
STEPS = 10_000  # what teaches most is worth this much


def worth(texts: csr_matrix, shares: Floats, known: Mapping[int, Floats]) -> NDArray[np.int64]:
    unsure = -(shares * np.log(shares + 1e-12)).sum(axis=1)
    decided = np.fromiter(known, dtype=np.int64, count=len(known))
    unsure[decided] = 0
    around = np.asarray(texts @ (texts.T @ unsure)).ravel()
    value = np.round(unsure * np.maximum(around, 0), 6)
    first = np.argsort(-value, kind="stable")[:LOOKED_AT]
    if len(decided):
        nearest = np.asarray((texts[first] @ texts[decided].T).max(axis=1).todense()).ravel()
        value[first] *= np.maximum(1 - nearest, 0)
    top = value.max(initial=0)
    found = np.round(STEPS * value / top) if top > 0 else value
    return found.astype(np.int64)
