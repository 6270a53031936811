"""What is known of each theme once a campaign was read: a weight for each root and each concept.

It is plain JSON. It reads the texts that come later without learning anew, and says which words decided.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from syntheses.analysis.features import Floats, Space, held_by, naming, weighed, widening
from syntheses.analysis.learning import ASKED, Learnt, softmax
from syntheses.analysis.lexicon import concepts
from syntheses.analysis.words import bag, folded, root

KEPT = 5_000  # roots remembered: those that tell themes apart the most
DIGITS = 4
WRITTEN = re.compile(r"[\w-]+")


def remembered(learnt: Learnt, space: Space, keys: Sequence[str]) -> Mapping[str, object]:
    """The first number of a row is how rare it is, then one weight a theme, then one for off the subject."""
    table = np.round(np.hstack([space.rarity[:, None], learnt.weights]), DIGITS)
    telling = np.round(np.ptp(learnt.weights, axis=1), DIGITS)
    roots = list(space.number)
    kept = sorted(range(len(roots)), key=lambda row: (-telling[row], roots[row]))[:KEPT]
    return {
        "keys": list(keys),
        "trust": learnt.trust,
        "sizes": np.round(learnt.bias, DIGITS).tolist(),
        "unseen": float(np.round(space.rarity[: len(roots)].max(initial=1.0), DIGITS)),
        "roots": {roots[row]: table[row].tolist() for row in sorted(kept)},
        "concepts": {
            concept.name: row
            for concept, row in zip(concepts(), table[len(roots) :].tolist(), strict=True)
            if any(row[1:])
        },
    }


def shares_by_memory(
    texts: Sequence[str], asked: Sequence[str], memory: Mapping[str, Any]
) -> tuple[csr_matrix, Floats, NDArray[np.bool_]]:
    """New texts as rows; each theme's share in them, the last one for off the subject; whether any word told."""
    words = bag(texts)
    table = table_of(words.vocabulary, memory)
    space = Space({name: row for row, name in enumerate(words.vocabulary)}, table[:, 0])
    rows = weighed(held_by(words), space)
    says = np.asarray(rows @ table[:, 1:])
    scores = says + np.array(memory["sizes"])
    is_told = (np.round(says[:, :-1].max(axis=1), DIGITS) > 0) | np.isin(asked, memory["keys"])
    number = {key: index for index, key in enumerate(memory["keys"])}
    for row, key in enumerate(asked):
        if key in number:
            scores[row, number[key]] += ASKED
    return rows, softmax(scores), is_told


def table_of(vocabulary: Sequence[str], memory: Mapping[str, Any]) -> Floats:
    nothing = [0.0] * (len(memory["keys"]) + 1)
    unseen = [memory["unseen"], *nothing]
    common = [1.0, *nothing]
    rows = [memory["roots"].get(name, unseen) for name in vocabulary]
    rows += [memory["concepts"].get(concept.name, common) for concept in concepts()]
    return np.array(rows, dtype=np.float64)


def why(text: str, key: str, memory: Mapping[str, Any], most: int = 5) -> list[str]:
    """The words of a text, as written, that speak most for a theme and for no other."""
    if key not in memory.get("keys", ()):
        return []
    written = {word: root(folded(word)) for word in WRITTEN.findall(text)}
    vocabulary = sorted(set(written.values()) - {""})
    table = table_of(vocabulary, memory)
    named = naming(vocabulary) @ widening()
    weights = table[:, :1] * table[:, 1:-1]
    by_word = weights[: len(vocabulary)] + named @ weights[len(vocabulary) :]
    column = memory["keys"].index(key)
    others = np.delete(by_word, column, axis=1).mean(axis=1) if by_word.shape[1] > 1 else 0
    says = dict(zip(vocabulary, np.round(by_word[:, column] - others, DIGITS), strict=True))
    found = sorted((word for word in written if says.get(written[word], 0) > 0), key=lambda w: (-says[written[w]], w))
    return found[:most]
