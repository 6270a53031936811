"""Themes by words of their titles only, until `themes.py` reads them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from syntheses.analysis.shape import ThemeFacts
from syntheses.analysis.words import roots


class Theme(NamedTuple):
    themes: tuple[str, ...]
    sure: int
    teaches: int = 0


def read_themes(
    texts: Sequence[str], asked: Sequence[str], themes: Sequence[ThemeFacts], decided: Mapping[int, tuple[str, ...]]
) -> list[Theme]:
    profiles = {t.key: set(roots(" ".join((t.title, t.description, *t.keywords)))) for t in themes}
    found = []
    for row, text in enumerate(texts):
        if row in decided:
            found.append(Theme(decided[row], 100))
            continue
        said = set(roots(text))
        worth = {key: len(said & own) + 1.5 * (key == asked[row]) for key, own in profiles.items()}
        best = max(sorted(worth), key=lambda key: worth[key], default="")
        found.append(Theme((best,) if best and worth[best] else (), 60 if worth.get(best) else 30))
    return found
