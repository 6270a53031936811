"""A French lexicon of security and public life, by concept: what the words of a title and those of people share.

A line of `lexicon/*.txt` is `concept > wider, wider: entry, entry`. An entry is a word or several; people's words are
compared by their roots, so that one inflection is enough. The first entry need not be repeated in the concept's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from syntheses.analysis.french import LIGHT
from syntheses.analysis.words import roots

STANCES = "stances"  # the one file where `oui`, `contre` and `rien` mean something by themselves
LIGHT_ROOTS = frozenset(LIGHT.values())
FOLDER = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Concept:
    name: str
    wider: tuple[str, ...]
    entries: tuple[str, ...]
    room: str  # the file that it stands in


def lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


@cache
def concepts() -> tuple[Concept, ...]:
    """Every concept, sorted by name."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in lines(path):
            head, _, entries = line.partition(":")
            name, _, wider = head.partition(">")
            parts = tuple(dict.fromkeys(entry.strip() for entry in entries.split(",")))
            found.append(
                Concept(name.strip(), tuple(w.strip() for w in wider.split(",") if w.strip()), parts, path.stem)
            )
    return tuple(sorted(found, key=lambda concept: concept.name))


@cache
def by_roots() -> dict[tuple[str, ...], tuple[int, ...]]:
    """The numbers of the concepts that each sequence of roots names."""
    naming: dict[tuple[str, ...], set[int]] = {}
    for number, concept in enumerate(concepts()):
        for entry in (concept.name, *concept.entries):
            sequence = tuple(roots(entry))
            if sequence and (concept.room == STANCES or sequence[0] not in LIGHT_ROOTS or len(sequence) > 1):
                naming.setdefault(sequence, set()).add(number)
    return {sequence: tuple(sorted(numbers)) for sequence, numbers in sorted(naming.items())}
