"""From alike passages to ideas: who belongs to each, its label, quotes and counts."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from syntheses.analysis import ideas, quotes
from syntheses.analysis.counts import counted
from syntheses.analysis.labels import label_of
from syntheses.analysis.passages import Decided, Passage
from syntheses.analysis.shape import Group, Idea

FOR_LABEL = 6  # the most typical passages, from which the label is taken
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
    """An echo is read once and followed by all of it, except by those whom people put elsewhere."""
    seeds = {row: key for row in rows if (key := read.decided.groups.get(row, "")) in read.decided.made}
    first: dict[tuple[str, str], int] = {}
    follows: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        follows[first.setdefault((seeds.get(row, ""), read.echoes.get(row) or read.texts[row]), row)].append(row)
    kept = list(follows)
    vectors = read.vectors[kept]
    planted = {place: seeds[row] for place, row in enumerate(kept) if row in seeds}
    leaders = ideas.grouped(vectors, [digest(read.texts[row]) for row in kept], planted)
    near = np.round(np.asarray(vectors.multiply(vectors[leaders]).sum(axis=1)).ravel(), 4)
    groups = []
    for members in _by_leader(leaders, near):
        group = read.decided.made.get(planted.get(int(leaders[members[0]]), ""))
        groups.append(([row for one in members for row in follows[kept[one]]], group, near[members]))
    groups.sort(key=lambda group: (-len(group[0]), group[0][0]))
    profiles = _profiles(read, [group[0][:FOR_LABEL] for group in groups])
    return [
        Found(
            _described(read, theme=theme, kind=kind, rows=rows, group=group, profile=profile, near=near), rows, profile
        )
        for (rows, group, near), profile in zip(groups, profiles, strict=True)
    ]


def _by_leader(leaders: NDArray[np.int64], near: NDArray[np.float32]) -> list[NDArray[np.int64]]:
    """The places of each group, the most typical first; among equals the earlier."""
    order = np.lexsort((np.arange(len(leaders)), -near, leaders))
    ends = np.flatnonzero(np.diff(leaders[order])) + 1
    return np.split(order, ends) if len(order) else []


def _described(
    read: Read,
    *,
    theme: str,
    kind: str,
    rows: Sequence[int],
    group: Group | None,
    profile: Mapping[str, float],
    near: NDArray[np.float32],
) -> Idea:
    candidates = (
        quotes.Candidate(row, read.texts[row], read.parts[row].said.contribution, read.echoes.get(row, ""))
        for row in rows
        if read.parts[row].said.may_quote
    )
    said = dict.fromkeys(read.texts[row] for row in rows[:FOR_LABEL])
    return Idea(
        key=group.key if group else digest(theme, kind, read.texts[rows[0]]),
        theme=theme,
        kind=kind,
        label=(group.label if group else "") or label_of(said, profile),
        names=tuple(sorted(read.parts[row].name for row in rows)),
        quotes=tuple(read.parts[row].name for row in quotes.chosen(candidates)),
        counts=counted((read.parts[row].said, read.echoes.get(row, "")) for row in rows),
        sure=int(np.clip(round(100 * float(near.mean())), 1, 100)),
        by_person=group is not None,
    )


def _profiles(read: Read, heads: Sequence[Sequence[int]]) -> list[dict[str, float]]:
    """The roots that tell each group, and how much."""
    sizes = [len(head) for head in heads]
    owners = np.repeat(np.arange(len(heads)), sizes)
    members = np.array([row for head in heads for row in head], dtype=np.int64)
    shares = 1 / np.repeat(sizes, sizes)
    shape = (len(heads), len(members))
    means = sparse.csr_matrix((shares, (owners, np.arange(len(members)))), shape=shape) @ read.vectors[members]
    means.sort_indices()
    found = []
    for begin, end in zip(means.indptr[:-1], means.indptr[1:], strict=True):
        columns, values = means.indices[begin:end], means.data[begin:end]
        columns, values = columns[columns < len(read.roots)], values[columns < len(read.roots)]
        top = np.argsort(-np.round(values, 5), kind="stable")[:TELLING]
        found.append({read.roots[columns[one]]: round(float(values[one]), 4) for one in top.tolist()})
    return found


def digest(*parts: str) -> str:
    """A key that depends on the texts alone."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
