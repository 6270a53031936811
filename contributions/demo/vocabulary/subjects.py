"""What a subject people write about is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`known_by` are beginnings of words that call for it in a question or a theme."""

    key: str
    known_by: tuple[str, ...]
    weight: int
    facts: tuple[str, ...]  # clauses: « les voitures roulent bien trop vite »
    places: tuple[str, ...]
    effects: tuple[str, ...]  # sentences
    kind_words: tuple[str, ...]  # sentences of those who are content
    wishes: tuple[str, ...]  # infinitives: « poser des ralentisseurs »
    reasons: tuple[str, ...]  # what follows a wish: « pour que chacun ralentisse »
