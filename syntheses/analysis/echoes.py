"""Near-identical texts of several contributions: copied, or filled into a prewritten letter.

Texts whose words are the same are one unit. Units that share runs of words (`runs.py`) are compared exactly
(`near.py`), and each must be near-identical to the model of its group: small differences, one after the other, do not
lead from one text to another. Whole statements are compared; their passages share the echo, but for what was added.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from syntheses.analysis.corpus import Corpus
from syntheses.analysis.gather import digest
from syntheses.analysis.near import LEAST_WORDS, Wording, may_be_near, near_identical, worded
from syntheses.analysis.passages import Passage
from syntheses.analysis.runs import candidates, run_sets
from syntheses.analysis.shape import Echo

HELD = 0.5  # of a passage's words that the model of its letter must hold: what somebody added is no echo


@dataclass(frozen=True)
class FoundEcho:
    echo: Echo
    rows: Sequence[int]
    runs: frozenset[int]  # of its model: how a later copy is recognised


def found_in(parts: Sequence[Passage], corpus: Corpus) -> list[FoundEcho]:
    """Every echo, the largest first. `corpus` holds the words of the passages."""
    begins = [row for row, part in enumerate(parts) if not row or parts[row - 1].said is not part.said]
    statements = Corpus(corpus.words, corpus.ids, corpus.starts[[*begins, len(parts)]])
    owners: dict[str, int] = {}
    owner = [owners.setdefault(parts[row].said.contribution, len(owners)) for row in begins]
    groups = groups_of([parts[row].said.text for row in begins], statements, owner)
    runs = run_sets(statements, [group[0] for group in groups])
    ends = [*begins[1:], len(parts)]
    found = []
    for group, own in zip(groups, runs, strict=True):
        rows = _copied(corpus, statements.of(group[0]), [range(begins[one], ends[one]) for one in group])
        is_exact = all(np.array_equal(statements.of(group[0]), statements.of(one)) for one in group)
        days = [parts[row].said.day for row in rows]
        key = digest("echo", statements.written(group[0]))
        names = tuple(sorted(parts[row].name for row in rows))
        found.append(FoundEcho(Echo(key, names, is_exact, min(days), max(days)), rows, own))
    return sorted(found, key=lambda one: (-len(one.echo.names), one.echo.key))


def _copied(corpus: Corpus, model: np.ndarray, statements: Iterable[range]) -> list[int]:
    """The passages of near-identical statements, without what somebody added to theirs."""
    return [
        row
        for rows in statements
        for row in rows
        if len(rows) == 1 or float(np.isin(corpus.of(row), model).mean() if len(corpus.of(row)) else 1) >= HELD
    ]


def by_row(found: Iterable[FoundEcho]) -> dict[int, str]:
    return {row: one.echo.key for one in found for row in one.rows}


def groups_of(texts: Sequence[str], corpus: Corpus, owners: Sequence[int]) -> list[list[int]]:
    """Groups of near-identical texts of at least two owners; each begins with its model."""
    same: dict[bytes, list[int]] = defaultdict(list)
    for text in np.flatnonzero(corpus.lengths >= LEAST_WORDS).tolist():
        same[corpus.of(text).tobytes()].append(text)
    units = list(same.values())
    models = _models(texts, [unit[0] for unit in units], corpus)
    joined: dict[int, list[int]] = defaultdict(list)
    for unit, model in zip(units, models, strict=True):
        joined[model] += unit
    return [group for group in joined.values() if len({owners[text] for text in group}) > 1]


def _models(texts: Sequence[str], firsts: Sequence[int], corpus: Corpus) -> list[int]:
    """Each text follows the model it shares most with among those it is near-identical to; else it is one itself."""
    wordings: dict[int, Wording] = {}
    ids = corpus.ids.astype(np.int32)
    words = [ids[corpus.starts[first] : corpus.starts[first + 1]].tolist() for first in firsts]

    def wording(unit: int) -> Wording:
        if unit not in wordings:
            wordings[unit] = worded(texts[firsts[unit]])
        return wordings[unit]

    model = list(range(len(firsts)))
    for unit, pairs in groupby(candidates(corpus, firsts), key=itemgetter(0)):
        for other in dict.fromkeys(model[earlier] for _, earlier in pairs):
            if may_be_near(words[other], words[unit]) and near_identical(wording(other), wording(unit)):
                model[unit] = other
                break
    return model
