"""From alike passages to ideas: who belongs to each, its label, quotes and counts."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from syntheses.analysis import ideas, quotes
from syntheses.analysis.counts import counted
from syntheses.analysis.labels import label_of
from syntheses.analysis.passages import Decided, Passage
from syntheses.analysis.shape import Group, Idea

FOR_LABEL = 12  # the most typical passages, from which the label is taken
TELLING = 16  # roots that tell an idea


@dataclass(frozen=True)
class Read:
    """Passages and what is known of each before ideas are looked for."""

    parts: Sequence[Passage]
    texts: Sequence[str]
    themes: Sequence[str]  # the main one; empty: off the subject, hence in no idea
    kinds: Sequence[str]
    echoes: Mapping[int, str]
    vectors: sparse.csr_matrix
    roots: Sequence[str]  # what the first columns of the vectors mean
    decided: Decided


@dataclass(frozen=True, slots=True)
class Found:
    idea: Idea
    rows: Sequence[int]  # the most typical first
    profile: Mapping[str, float]  # roots that tell it


def found_in(read: Read) -> list[Found]:
    """The ideas of each theme and nature, the most said first."""
    heaps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, theme in enumerate(read.themes):
        group = read.decided.made.get(read.decided.groups.get(row, ""))
        if group:
            heaps[group.theme, group.kind].append(row)
        elif theme and read.decided.groups.get(row) != "":
            heaps[theme, read.kinds[row]].append(row)
    return [found for where, rows in sorted(heaps.items()) for found in _of_heap(read, *where, rows)]


def _of_heap(read: Read, theme: str, kind: str, rows: Sequence[int]) -> list[Found]:
    seeds = {row: key for row in rows if (key := read.decided.groups.get(row, "")) in read.decided.made}
    groups = _groups(read, rows, seeds)
    return [_described(read, theme, kind, members, group) for members, group in groups]


def _groups(read: Read, rows: Sequence[int], seeds: Mapping[int, str]) -> list[tuple[list[int], Group | None]]:
    """An echo is read once and followed by all of it, except by those whom people put elsewhere."""
    first: dict[tuple[str, str], int] = {}
    follows: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        follows[first.setdefault((seeds.get(row, ""), read.echoes.get(row) or read.texts[row]), row)].append(row)
    kept = list(follows)
    vectors = read.vectors[kept]
    planted = {place: seeds[row] for place, row in enumerate(kept) if row in seeds}
    leaders = ideas.grouped(vectors, [digest(read.texts[row]) for row in kept], planted)
    places: dict[int, list[int]] = defaultdict(list)
    for place, leader in enumerate(leaders.tolist()):
        places[leader].append(place)
    groups = []
    for leader, members in places.items():
        near = np.round((vectors[members] @ vectors[leader].T).toarray().ravel(), 4)
        typical = sorted(range(len(members)), key=lambda one: (-near[one], kept[members[one]]))
        ordered = [row for one in typical for row in follows[kept[members[one]]]]
        groups.append((ordered, read.decided.made.get(planted.get(leader, ""))))
    return sorted(groups, key=lambda group: (-len(group[0]), group[0][0]))


def _described(read: Read, theme: str, kind: str, rows: Sequence[int], group: Group | None) -> Found:
    head = list(rows[:FOR_LABEL])
    profile = _profile(read, head)
    candidates = [
        quotes.Candidate(row, read.texts[row], read.parts[row].said.contribution, read.echoes.get(row, ""))
        for row in rows
        if read.parts[row].said.may_quote
    ]
    idea = Idea(
        key=group.key if group else digest(theme, kind, read.texts[rows[0]]),
        theme=theme,
        kind=kind,
        label=(group.label if group else "") or label_of([read.texts[row] for row in head], profile),
        names=tuple(sorted(read.parts[row].name for row in rows)),
        quotes=tuple(read.parts[row].name for row in quotes.chosen(candidates)),
        counts=counted((read.parts[row].said, read.echoes.get(row, "")) for row in rows),
        sure=_sure(read, rows),
        by_person=group is not None,
    )
    return Found(idea, rows, profile)


def _profile(read: Read, rows: Sequence[int]) -> dict[str, float]:
    mean = np.asarray(read.vectors[rows].mean(axis=0)).ravel()[: len(read.roots)]
    top = np.argsort(-np.round(mean, 5), kind="stable")[:TELLING]
    return {read.roots[column]: round(float(mean[column]), 4) for column in top.tolist() if mean[column] > 0}


def _sure(read: Read, rows: Sequence[int]) -> int:
    """How alike the passages are to the most typical one, in percent."""
    if len(rows) == 1:
        return 100
    near = (read.vectors[list(rows[:100])] @ read.vectors[rows[0]].T).toarray()
    return int(np.clip(round(100 * float(near.mean())), 1, 99))


def digest(*parts: str) -> str:
    """A key that depends on the texts alone."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
