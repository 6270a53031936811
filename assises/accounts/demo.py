"""The demo fills itself in steps: each app adds its own, in the order of the apps, and each may be run again."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


class NotADemoError(Exception):
    """Synthetic data would be mixed with real data."""


@dataclass(frozen=True)
class Step:
    """`fill()` makes what is missing and leaves the rest alone; it opens its own scopes."""

    label: str
    fill: Callable[[], None]


STEPS: list[Step] = []


def add_step(label: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Decorates the function of a step, in a module that the app's `ready()` imports."""

    def add(fill: Callable[[], None]) -> Callable[[], None]:
        STEPS.append(Step(label, fill))
        return fill

    return add


def check_is_demo() -> None:
    if not settings.DEMO:
        raise NotADemoError("seed_demo ne sert qu’avec DEMO=1.")
