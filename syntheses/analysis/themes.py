"""Which themes each passage speaks of, how sure that is, and where a person's decision would teach the most.

A theme is first known by its title, its description and its keywords, through the words themselves and the concepts of
the lexicon. What that finds teaches which other words of this campaign go with each theme, and how large each theme is;
what people decided teaches the same, more strongly. This is done a few times over (docs/analysis.md).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from syntheses.analysis.features import Floats, Space, held_by, space_of, weighed
from syntheses.analysis.learning import HALF, Learnt, certainty, learn, profiles_of
from syntheses.analysis.lexicon import by_roots, concepts
from syntheses.analysis.off_subject import FOREIGN, HARDLY, beside, share_beside
from syntheses.analysis.pile import worth
from syntheses.analysis.profiles import remembered, shares_by_memory
from syntheses.analysis.shape import ThemeFacts
from syntheses.analysis.words import bag, roots

Bools = NDArray[np.bool_]

LETTER = re.compile(r"[^\W_]")
SILENT = "sans réponse"  # how a text without a single letter is read
FOR_SILENCE = {"sans opinion", "rien"}
ALSO = 0.3  # from this share on, another theme is told too
AS_NEAR, NEAR_ENOUGH, POSSIBLE = 0.7, 0.15, 0.02  # or when its title is about as near as the nearest
MOST = 3  # themes told of one passage
ALIKE = 0.1


class Theme(NamedTuple):
    """How one passage was read. `best` is the nearest theme even when the passage is off the subject."""

    themes: tuple[str, ...]
    sure: int
    teaches: int
    best: str


@dataclass(frozen=True)
class ThemeReadings:
    rows: list[Theme]
    memory: Mapping[str, object]


@dataclass(frozen=True)
class Campaign:
    """Passages and themes as rows of numbers, in an order of their own: read once, whatever people decide later."""

    order: list[int]  # the row, as given, of each row here
    keys: list[str]
    space: Space
    texts: csr_matrix
    titles: csr_matrix  # three rows a theme
    hints: NDArray[np.int64]


def read_themes(
    texts: Sequence[str],
    asked: Sequence[str],
    themes: Sequence[ThemeFacts],
    decided: Mapping[int, tuple[str, ...]],
) -> ThemeReadings:
    """The themes of every passage of a campaign. The order of texts and of themes is forgotten."""
    campaign = prepared(texts, asked, themes)
    if not campaign.keys or not texts:
        return ThemeReadings([Theme((), 0, 0, "") for _ in texts], {})
    return decide(campaign, decided)


def prepared(texts: Sequence[str], asked: Sequence[str], themes: Sequence[ThemeFacts]) -> Campaign:
    facts = sorted(themes, key=lambda theme: theme.key)
    keys = [theme.key for theme in facts]
    order = sorted(range(len(texts)), key=list(zip(texts, asked, strict=True)).__getitem__)
    words = bag([heard(texts[row]) for row in order] + [part for theme in facts for part in titles_of(theme)])
    held = held_by(words)
    space = space_of(words, held[: len(order)])
    rows = weighed(held, space)
    hints = hints_of([asked[row] for row in order], keys)
    return Campaign(order, keys, space, rows[: len(order)], rows[len(order) :], hints)


def decide(campaign: Campaign, decided: Mapping[int, tuple[str, ...]]) -> ThemeReadings:
    """What is learnt from titles and decisions, told for every passage."""
    place = {row: number for number, row in enumerate(campaign.order)}
    by_place = {place[row]: labels for row, labels in decided.items()}
    known = shares_of(by_place, campaign.keys)
    learnt = learn(campaign.texts, campaign.titles, campaign.hints, known)
    outside = beside(profiles_of(campaign.titles))
    is_off = (learnt.shares[:, -1] > HALF) | off_the_subject(campaign, learnt, outside, known)
    teaches = worth(campaign.texts, learnt.shares, known)
    read = told(
        shares=learnt.shares,
        also=told_too(learnt),
        sure=certainty(learnt.shares, learnt.trust),
        is_off=is_off,
        keys=campaign.keys,
        teaches=teaches,
        decided=by_place,
    )
    rows = [read[place[row]] for row in range(len(read))]
    return ThemeReadings(rows, {**remembered(learnt, campaign.space, campaign.keys), "beside": outside})


def read_more_themes(
    texts: Sequence[str], asked: Sequence[str], decided: Mapping[int, tuple[str, ...]], memory: Mapping[str, Any]
) -> list[Theme]:
    """New texts by what is remembered, each by itself: nothing is learnt, and nothing said before is read again."""
    keys = list(memory.get("keys", ()))
    if not keys or not texts:
        return [Theme(decided.get(row, ()), 100 if row in decided else 0, 0, "") for row in range(len(texts))]
    rows, shares, is_told = shares_by_memory([heard(text) for text in texts], asked, memory)
    is_vague = shares[:, :-1].max(axis=1) < HALF
    is_off = is_vague & (share_beside(rows, memory["beside"]) > FOREIGN) & (hints_of(asked, keys) < 0)
    is_off |= (shares[:, -1] > HALF) | ~is_told
    return told(
        shares=shares,
        also=shares[:, :-1] >= ALSO,
        sure=certainty(shares, memory["trust"]),
        is_off=is_off,
        keys=keys,
        teaches=np.zeros(len(texts), dtype=np.int64),
        decided=decided,
    )


def heard(text: str) -> str:
    return text if LETTER.search(text) else SILENT


def is_for_silence(theme: ThemeFacts) -> bool:
    """« Sans opinion », « Aucune difficulté »: a theme for those who have nothing to say."""
    named = {
        concepts()[number].name for sequence in spans(roots(theme.title)) for number in by_roots().get(sequence, ())
    }
    return bool(named & FOR_SILENCE)


def spans(sequence: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(len(sequence)):
        for end in range(start + 1, min(start + 3, len(sequence)) + 1):
            yield tuple(sequence[start:end])


def titles_of(theme: ThemeFacts) -> tuple[str, str, str]:
    return theme.title, theme.description, ", ".join(theme.keywords)


def hints_of(asked: Sequence[str], keys: Sequence[str]) -> NDArray[np.int64]:
    """The number of the theme under which each text was written, or -1."""
    number = {key: index for index, key in enumerate(keys)}
    return np.array([number.get(key, -1) for key in asked], dtype=np.int64)


def shares_of(decided: Mapping[int, tuple[str, ...]], keys: Sequence[str]) -> Mapping[int, Floats]:
    """What people decided, as shares of themes; the last share is for what is off the subject."""
    number = {key: index for index, key in enumerate(keys)}
    found = {}
    for row in sorted(decided):
        share = np.zeros(len(keys) + 1)
        labels = [number[key] for key in decided[row] if key in number]
        share[labels or [len(keys)]] = 1 / max(1, len(labels))
        found[row] = share
    return found


def off_the_subject(campaign: Campaign, learnt: Learnt, outside: Collection[str], known: Mapping[int, Floats]) -> Bools:
    """What is near to no title or hardly, written under no theme, and unlike anything that people gave a theme."""
    nearest = learnt.near.max(axis=1)
    is_off = (nearest <= 0) | ((nearest < HARDLY) & (share_beside(campaign.texts, outside) > FOREIGN))
    is_off &= campaign.hints < 0
    given = [row for row, share in known.items() if share[-1] == 0]
    doubtful = np.flatnonzero(is_off)
    if given and len(doubtful):
        like = (campaign.texts[doubtful] @ campaign.texts[given].T).max(axis=1).toarray().ravel()
        is_off[doubtful[like > ALIKE]] = False
    return is_off


def told_too(learnt: Learnt) -> Bools:
    """The themes to tell beside the main one: likely ones, and those whose titles are as near as the nearest."""
    shares = learnt.shares[:, :-1]
    nearest = learnt.near.max(axis=1, keepdims=True)
    is_near = (learnt.near >= AS_NEAR * nearest) & (learnt.near > NEAR_ENOUGH) & (shares >= POSSIBLE)
    return (np.round(shares, 6) >= ALSO) | is_near


def told(
    *,
    shares: Floats,
    also: Bools,
    sure: NDArray[np.int64],
    is_off: Bools,
    keys: Sequence[str],
    teaches: NDArray[np.int64],
    decided: Mapping[int, tuple[str, ...]],
) -> list[Theme]:
    shares = np.round(shares[:, :-1], 6)
    order = np.argsort(-shares, axis=1, kind="stable")
    also = np.take_along_axis(also, order, axis=1)[:, 1:MOST]
    found = [
        Theme(() if off else (keys[best],), certain, lesson, keys[best])
        for best, certain, off, lesson in zip(
            order[:, 0].tolist(), sure.tolist(), is_off.tolist(), teaches.tolist(), strict=True
        )
    ]
    for row in np.flatnonzero(also.any(axis=1) & ~is_off).tolist():
        others = order[row, 1:MOST][also[row]].tolist()
        found[row] = found[row]._replace(themes=(found[row].best, *(keys[other] for other in others)))
    for row, labels in decided.items():
        found[row] = Theme(tuple(key for key in labels if key in keys), 100, 0, found[row].best)
    return found
