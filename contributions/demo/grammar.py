"""Invented passages on security, put together from clauses as people write them: short or long, kind or cross."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from contributions.demo.vocabulary import SUBJECTS, Subject
from contributions.demo.vocabulary.common import (
    COMMUNES,
    CROSS,
    FIRST_WORDS,
    HEDGES,
    LAST_WORDS,
    SELVES,
    SHORT,
    SINCE,
    WANTS,
    WHEN,
)

KIND, PLAIN, CROSSLY = "kind", "plain", "cross"
TONES = ((PLAIN, 58), (CROSSLY, 27), (KIND, 15))
# How many points somebody makes: most make one, a few write a page.
POINTS = ((1, 52), (2, 28), (3, 11), (5, 6), (9, 2), (16, 1))
ON_THE_SUBJECT = 0.75
VOWELS = "aàâeéèêiîoôuûyh"
WORD = re.compile(r"\w+")
WITHOUT_ACCENTS = str.maketrans("àâäçéèêëîïôöùûüÀÂÇÉÈÊÎÔÙ", "aaaceeeeiioouuuAACEEEIOU")


@dataclass(frozen=True)
class Written:
    """A text and the truth about it: its subjects, the first being the main one, and its tone."""

    text: str
    subjects: tuple[str, ...] = ()
    tone: str = PLAIN


def finding(asked: str, chance: random.Random) -> Written:
    """What somebody observes, asked in the words `asked`."""
    tone = weighted(TONES, chance)
    subjects = subjects_for(asked, chance)
    said = [first_words(chance)] if chance.random() < 0.2 else []
    said += [observation(subject, tone, chance) for subject in subjects]
    return Written(hand(" ".join([*said, *last_words(tone, chance)]), chance), keys(subjects), tone)


def proposal(asked: str, chance: random.Random) -> Written:
    """What somebody proposes."""
    tone = weighted(TONES, chance)
    subjects = subjects_for(asked, chance)
    said = [wish(subject, chance) for subject in subjects]
    if len(subjects) > 2 and chance.random() < 0.5:
        said = [f"{number}) {line}" for number, line in enumerate(said, 1)]
        return Written(hand("\n".join(said), chance), keys(subjects), tone)
    return Written(hand(" ".join([*said, *last_words(tone, chance)]), chance), keys(subjects), tone)


def short_answer(chance: random.Random) -> Written:
    return Written(hand(chance.choice(SHORT), chance))


def subjects_for(asked: str, chance: random.Random) -> list[Subject]:
    """One a point; mostly what the question is about, sometimes what one has at heart."""
    first = main_subject(asked, chance)
    points = weighted(POINTS, chance)
    others = [
        main_subject(asked, chance) if chance.random() < ON_THE_SUBJECT else any_subject(chance)
        for _ in range(points - 1)
    ]
    return [first, *others]


def main_subject(asked: str, chance: random.Random) -> Subject:
    called = called_for(asked)
    return chance.choice(called) if called and chance.random() < ON_THE_SUBJECT else any_subject(chance)


@lru_cache(maxsize=512)
def called_for(asked: str) -> Sequence[Subject]:
    """The subjects that a question's words call for."""
    words = WORD.findall(asked.lower())
    return [s for s in SUBJECTS if any(word.startswith(s.known_by) for word in words)]


def any_subject(chance: random.Random) -> Subject:
    return chance.choices(SUBJECTS, cum_weights=CUMULATED)[0]


def observation(subject: Subject, tone: str, chance: random.Random) -> str:
    if tone == KIND and chance.random() < 0.7:
        return chance.choice(subject.kind_words)
    fact = chance.choice(subject.facts)
    parts = [fact, chance.choice(subject.places)] if chance.random() < 0.7 else [fact]
    dice = chance.random()
    if dice < 0.3:
        parts = [chance.choice(SINCE) + ",", *parts]
    elif dice < 0.5:
        parts.append(chance.choice(WHEN))
    elif dice < 0.6:
        parts.append(f"à {chance.choice(COMMUNES)}")
    elif dice < 0.7:
        parts = [chance.choice(HEDGES), *parts]
    sentences = [sentence(" ".join(parts))]
    if chance.random() < 0.55:
        sentences.append(chance.choice(subject.effects))
    if tone == CROSSLY and chance.random() < 0.5:
        sentences.append(chance.choice(CROSS))
    return " ".join(sentences)


def wish(subject: Subject, chance: random.Random) -> str:
    want, before_vowel = chance.choice(WANTS)
    act = chance.choice(subject.wishes)
    said = (before_vowel if act[0] in VOWELS else want) + act
    if chance.random() < 0.35:
        said += f" {chance.choice(subject.places)}"
    if chance.random() < 0.45:
        said += f", {chance.choice(subject.reasons)}"
    return sentence(said)


def first_words(chance: random.Random) -> str:
    return chance.choice(SELVES if chance.random() < 0.6 else FIRST_WORDS)


def last_words(tone: str, chance: random.Random) -> list[str]:
    if chance.random() > 0.15:
        return []
    return [chance.choice(CROSS if tone == CROSSLY else LAST_WORDS)]


def sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def hand(text: str, chance: random.Random) -> str:
    """People type as they can: straight apostrophes, no accents, no capital, no final stop."""
    dice = chance.random()
    if dice < 0.55:
        text = text.replace("’", "'")
    if dice < 0.05:
        text = text.translate(WITHOUT_ACCENTS)
    elif dice < 0.15:
        text = text[0].lower() + text[1:]
    elif dice < 0.3:
        text = text.removesuffix(".")
    elif dice < 0.34 and len(text) > 12:
        place = chance.randrange(4, len(text) - 4)
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text


def weighted(values: Sequence[tuple], chance: random.Random):
    drawn, sums = unzipped(tuple(values))
    return chance.choices(drawn, cum_weights=sums)[0]


@lru_cache(maxsize=64)
def unzipped(values: tuple[tuple, ...]) -> tuple[list, list[int]]:
    """Values, and their weights added up."""
    return [value for value, _ in values], list(accumulate(weight for _, weight in values))


def keys(subjects: Sequence[Subject]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(subject.key for subject in subjects))


CUMULATED = list(accumulate(subject.weight for subject in SUBJECTS))
