"""Load on one site for a while: so many at once, or so many a second; what was done and how long each act took."""

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from bench.client import Connection

Found = TypeVar("Found")


class RefusedError(Exception):
    """The site did not answer as it should."""


class NothingLeftError(Exception):
    """What was prepared is used up: the visitor leaves."""


@dataclass
class Outcome:
    """`latencies` in seconds, by the name of what was done; `troubles` counted by what happened."""

    seconds: float = 0.0
    done: int = 0
    latencies: dict[str, list[float]] = field(default_factory=dict)
    troubles: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0

    def note(self, name: str, seconds: float) -> None:
        self.latencies.setdefault(name, []).append(seconds)


class Visitor:
    """One thread's connection and dice; `timed` measures one request."""

    def __init__(self, port: int, number: int, outcome: Outcome) -> None:
        self.chance = random.Random(time.time_ns() + number)  # noqa: S311 (load, no secret)
        self.connection = Connection(port)
        self.outcome = outcome
        self.cookie = ""

    def somebody_else(self) -> None:
        numbers = [self.chance.randrange(256) for _ in range(3)]
        self.connection.address = "10." + ".".join(map(str, numbers))

    def timed(self, name: str, act: Callable[[], Found]) -> Found:
        began_at = time.perf_counter()
        found = act()
        self.outcome.note(name, time.perf_counter() - began_at)
        return found


Act = Callable[[Visitor], None]


def at_once(port: int, act: Act, *, visitors: int, seconds: float) -> Outcome:
    """As fast as it goes, `visitors` at once."""
    ends_at = time.monotonic() + seconds

    def turns(_: Visitor) -> Iterator[bool]:
        while time.monotonic() < ends_at:
            yield True

    return run(port, act, visitors, turns)


def each_second(port: int, act: Act, *, rate: float, visitors: int, seconds: float) -> Outcome:
    """`rate` a second, whatever the site does: who comes late to a slow site has waited already."""
    began_at = time.monotonic()
    tickets = itertools.count()
    lock = threading.Lock()

    def turns(_: Visitor) -> Iterator[bool]:
        while True:
            with lock:
                due = next(tickets) / rate
            if due >= seconds:
                return
            time.sleep(max(0.0, began_at + due - time.monotonic()))
            yield True

    return run(port, act, visitors, turns)


def run(port: int, act: Act, number: int, turns: Callable[[Visitor], Iterator[bool]]) -> Outcome:
    outcomes = [Outcome() for _ in range(number)]
    visitors = [Visitor(port, place, outcome) for place, outcome in enumerate(outcomes)]
    began_at = time.monotonic()
    threads = [threading.Thread(target=visit, args=(visitor, act, turns)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return merged(outcomes, time.monotonic() - began_at)


def visit(visitor: Visitor, act: Act, turns: Callable[[Visitor], Iterator[bool]]) -> None:
    for _ in turns(visitor):
        try:
            act(visitor)
            visitor.outcome.done += 1
        except NothingLeftError:
            break
        except (OSError, EOFError, RefusedError) as error:
            visitor.outcome.troubles[f"{type(error).__name__} {error}"] += 1
            visitor.connection.close()
    visitor.connection.close()


def merged(outcomes: list[Outcome], seconds: float) -> Outcome:
    whole = Outcome(seconds=seconds)
    for outcome in outcomes:
        whole.done += outcome.done
        whole.troubles += outcome.troubles
        for name, found in outcome.latencies.items():
            whole.latencies.setdefault(name, []).extend(found)
    return whole
