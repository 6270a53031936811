"""What the analysis takes and what it gives.

The order in which texts arrive never matters: everything is sorted by `Said.name` before it is read, and whatever
breaks a tie is derived from the texts. The same input gives the same result, to the byte.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

FINDING, PROPOSAL = "finding", "proposal"

# done, total, what is being done: the page that waits shows it.
Report = Callable[[int, int, str], None]


class Name(NamedTuple):
    """A passage of a statement, by facts that do not depend on when it was stored."""

    contribution: str
    position: int
    start: int = 0  # where the passage begins in the statement's text; 0 for a statement that says one thing


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    key: str
    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it was written. `asked_*` say where somebody wrote it: a strong hint, not a truth."""

    row: int  # how whoever calls finds it again; never used to order or to decide
    contribution: str
    position: int
    text: str
    asked_theme: str = ""
    asked_kind: str = ""
    channel: str = ""
    audience: str = ""
    place: str = ""  # the arrondissement, when it is known
    meeting: str = ""
    day: int = 0  # days since any origin: how an echo is spread over time
    may_quote: bool = False

    @property
    def name(self) -> tuple[str, int]:
        return self.contribution, self.position


@dataclass(frozen=True, slots=True)
class Group:
    """An idea that people made, named or confirmed."""

    key: str
    theme: str
    kind: str
    label: str = ""  # empty: the machine's label will do


@dataclass(frozen=True)
class Decisions:
    """What people decided. It holds whatever the machine thinks, and teaches it.

    A decision is taken on a passage; should texts be divided otherwise one day, it holds for the passage that contains
    the place where the old one began.
    """

    themes: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)  # empty: off the subject
    kinds: Mapping[Name, str] = field(default_factory=dict)
    groups: Mapping[Name, str] = field(default_factory=dict)  # the key of a `Group`; empty: in no group
    made: Mapping[str, Group] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one passage was read. `by_*` say that a person decided."""

    row: int
    name: Name
    end: int
    themes: tuple[str, ...]  # the main one first; empty: off the subject
    sure: int  # of the main theme, in percent: of a hundred passages read at 80, some 80 are right
    kind: str
    kind_sure: int
    echo: str = ""
    idea: str = ""
    teaches: int = 0  # how much a decision here would teach, from 0; the pile is sorted by it
    by_theme: bool = False
    by_kind: bool = False
    by_group: bool = False


@dataclass(frozen=True, slots=True)
class Echo:
    """Near-identical passages of several contributions: disclosed and counted both ways, never removed."""

    key: str
    names: tuple[Name, ...]
    is_exact: bool  # word for word, or with a name, a town or a sentence changed
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many, of each: `of["channel"]["mail"] = 12`; meetings are how many of them raised it."""

    contributions: int
    passages: int
    without_echoes: int  # passages, each echo counted once
    meetings: int
    of: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Idea:
    """Passages of one theme and nature that say the same thing."""

    key: str
    theme: str
    kind: str
    label: str
    names: tuple[Name, ...]
    quotes: tuple[Name, ...]  # typical first, then different; only those that may be quoted
    counts: Counts
    sure: int  # how alike its passages are, in percent
    by_person: bool = False


@dataclass(frozen=True)
class Result:
    readings: Sequence[Reading]  # one a passage, sorted by name: nothing that was said is missing
    echoes: Sequence[Echo]
    ideas: Sequence[Idea]  # of each theme and nature, the most said first
    memory: Mapping[str, object]  # what `read_more` needs, as plain JSON
    parameters: Mapping[str, object]


# The two functions of `run.py`:
#   analyse(said, themes, decisions, report) -> Result
#   read_more(said, themes, decisions, memory) -> Sequence[Reading]     only the new ones, against what is known
