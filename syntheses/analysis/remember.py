"""What a whole analysis leaves for the texts that come after it: plain JSON, roots and numbers, never a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from syntheses.analysis.corpus import Corpus
from syntheses.analysis.echoes import FoundEcho
from syntheses.analysis.gather import Found
from syntheses.analysis.runs import run_sets
from syntheses.analysis.words import roots

REMEMBERED = 2_000  # ideas; those said once are left to the next whole analysis
JOINS = 0.4  # how alike a text must be to the telling roots of an idea, from 0 to 1
COPIED = 0.6  # of an echo's runs of words


def of(found: Sequence[Found], echoes: Sequence[FoundEcho]) -> Mapping[str, object]:
    kept = sorted(found, key=lambda one: (-len(one.rows), one.idea.key))[:REMEMBERED]
    return {
        "ideas": {
            one.idea.key: {"theme": one.idea.theme, "kind": one.idea.kind, "roots": dict(one.profile)}
            for one in kept
            if len(one.rows) > 1 or one.idea.by_person
        },
        "echoes": {one.echo.key: [format(run, "x") for run in sorted(one.runs)] for one in echoes},
    }


def echoes_of(corpus: Corpus, known: Mapping[str, Any]) -> dict[int, str]:
    """The echo that each text belongs to, if it is a known one."""
    holding: dict[int, list[str]] = {}
    sizes = {}
    for key, runs in sorted(known.get("echoes", {}).items()):
        sizes[key] = len(runs)
        for run in runs:
            holding.setdefault(int(run, 16), []).append(key)
    found = {}
    for row, runs in enumerate(run_sets(corpus)):
        shared: dict[str, int] = {}
        for run in runs:
            for key in holding.get(run, ()):
                shared[key] = shared.get(key, 0) + 1
        best = max(sorted(shared), key=lambda key: shared[key] / sizes[key], default="")
        if best and shared[best] >= COPIED * max(sizes[best], 0.5 * len(runs)):
            found[row] = best
    return found


def ideas_of(
    texts: Sequence[str], read: Sequence[tuple[tuple[str, ...], str]], known: Mapping[str, Any]
) -> dict[int, str]:
    """The idea of its theme and nature that each text resembles, if enough."""
    rooms: dict[tuple[str, str], list[tuple[str, Mapping[str, float], float]]] = {}
    for key, idea in sorted(known.get("ideas", {}).items()):
        rooms.setdefault((idea["theme"], idea["kind"]), []).append((key, idea["roots"], norm_of(idea["roots"])))
    found = {}
    for row, (text, (themes, kind)) in enumerate(zip(texts, read, strict=True)):
        said = set(roots(text))
        room = rooms.get((themes[0] if themes else "", kind), [])
        if not said or not room:
            continue
        worth = [sum(own.get(root, 0.0) for root in said) / (length * len(said) ** 0.5) for _, own, length in room]
        best = int(np.argmax(np.round(worth, 5)))
        if worth[best] >= JOINS:
            found[row] = room[best][0]
    return found


def norm_of(weights: Mapping[str, float]) -> float:
    return max(sum(weight * weight for weight in weights.values()) ** 0.5, 1e-9)
