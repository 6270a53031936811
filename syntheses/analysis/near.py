"""Whether one text is another with a name, a town, a number, a word or a sentence changed: decided word by word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, LCSseq

from syntheses.analysis.corpus import spelt
from syntheses.analysis.words import root

LEAST_WORDS = 5  # « plus de police », said by thirty people, is no echo
LONG = 24  # words from which a text may differ most
ALIKE_SHORT, ALIKE_LONG = 0.9, 0.62  # of the words, in their order
TELLING = 0.6  # of the words that mean something, and of those that tell the two texts apart
CONTAINED, CONTAINED_FROM = 0.85, 14  # a letter with sentences added, or left out
TIMES_LONGER = 3

# What everybody fills in: names of people and places, with what stands between their parts, and figures.
NAME = re.compile(
    r"\b[A-ZÀ-ÝŒ][\w’'-]*(?:[ \t]+(?:(?:de|du|des|la|le|les|en|sur|sous|da|el|ben)[ \t]+|d[’'])?[A-ZÀ-ÝŒ][\w’'-]*)*"
)
SMALL = re.compile(r"[a-zà-ÿ]")
BLANK, FIGURE = b"xnomx", b"0"  # no French word
NUMBERS = frozenset(
    b"deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente quarante cinquante soixante cent cents"
    b" mille dizaine dizaines vingtaine trentaine quarantaine cinquantaine centaine centaines millier milliers nombreux"
    b" nombreuses plusieurs quelques".split()
)
SHORT = 20  # words: below, one word in place of another is another thing said, unless it is misspelt
MISSPELT = 0.75
MAY_BE_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text with blanks for what is filled in, and those that mean something."""

    words: tuple[bytes, ...]
    telling: Counter[str]
    bare: tuple[bytes, ...]  # with names: texts that shout have no names to see


def worded(text: str) -> Wording:
    bare = tuple(_numbered(text))
    # What is shouted has capitals everywhere, and no names to see.
    words = tuple(_numbered(NAME.sub(_blank, text))) if SMALL.search(text) else bare
    telling = Counter(map(meaning, words))
    telling.pop("", None)
    return Wording(words, telling, bare)


def _blank(name: re.Match[str]) -> str:
    """The first word of a sentence has a capital too, and is a word, unless more of a name follows or it signs."""
    before = name.string[max(0, name.start() - 3) : name.start()].rstrip(" ")
    is_first = not before or before[-1] in ".!?…:\n-"
    is_name = not is_first or " " in name[0] or not name.string[name.end() : name.end() + 3].strip(" .")
    return f" {BLANK.decode()} " if is_name else name[0]


def _numbered(text: str) -> list[bytes]:
    return [FIGURE if word.isdigit() or word in NUMBERS else word for word in spelt(text)]


@lru_cache(maxsize=200_000)
def meaning(word: bytes) -> str:
    return "" if word in (BLANK, FIGURE) else root(word.decode())


def may_be_near(one: Sequence[int], other: Sequence[int]) -> bool:
    """A first look, at words as numbers: whether a closer one is worth its time."""
    return bool(LCSseq.similarity(one, other) >= MAY_BE_NEAR * min(len(one), len(other)))


def near_identical(one: Wording, other: Wording) -> bool:
    shorter, longer = sorted((one, other), key=lambda said: len(said.bare))
    if len(shorter.bare) < LEAST_WORDS:
        return shorter.bare == longer.bare
    return shorter.bare == longer.bare or _alike(shorter, longer) or _contained(shorter, longer)


def _alike(one: Wording, other: Wording) -> bool:
    """Most words are the same and in the same order; the shorter the text, the more of them."""
    size = (len(one.words) + len(other.words)) / 2
    needed = ALIKE_LONG + (ALIKE_SHORT - ALIKE_LONG) * max(0.0, LONG - size) / LONG
    if size < SHORT and _says_else(one.telling, other.telling):
        return False
    if _shared(one.telling, other.telling) < TELLING:
        return False
    # Shouted or typed without capitals, the names of one text are plain words in the other.
    return _ratio(one.words, other.words) >= needed or _ratio(one.bare, other.bare) >= needed


def _ratio(one: tuple[bytes, ...], other: tuple[bytes, ...]) -> float:
    return 2 * float(LCSseq.similarity(one, other)) / max(1, len(one) + len(other))


def _says_else(one: Counter[str], other: Counter[str]) -> bool:
    """Whether each has a word that the other has not, not even misspelt."""
    mine, theirs = sorted((one - other).elements()), sorted((other - one).elements())
    if not mine or not theirs:
        return False
    return any(max(OSA.normalized_similarity(word, other) for other in theirs) < MISSPELT for word in mine)


def _shared(one: Counter[str], other: Counter[str]) -> float:
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 1.0


def _contained(shorter: Wording, longer: Wording) -> bool:
    if len(shorter.words) < CONTAINED_FROM or len(longer.words) > TIMES_LONGER * len(shorter.words):
        return False
    within = (shorter.telling & longer.telling).total() / max(1, shorter.telling.total())
    return within >= CONTAINED and LCSseq.similarity(shorter.words, longer.words) >= CONTAINED * len(shorter.words)
