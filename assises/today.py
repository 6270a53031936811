"""« À faire aujourd’hui »: each app says what waits for somebody in this role; the homes show it all.

A task is a dict for `components/today.html`: number, title, note, url, action, and late when it presses.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from assises.tenancy.context import MINISTRY, PREFECTURE

Task = dict[str, Any]
Source = Callable[[HttpRequest], list[Task]]
SOURCES: dict[str, list[Source]] = {PREFECTURE: [], MINISTRY: []}


def add_tasks(audience: str, source: Source) -> None:
    """Called from an app's `ready()`."""
    SOURCES[audience].append(source)


def tasks_for(request: HttpRequest) -> list[Task]:
    """What presses comes first; the rest in the order of the apps, the latest step of the way before the earlier."""
    tasks = [task for source in reversed(SOURCES[request.access.audience]) for task in source(request)]
    return sorted(tasks, key=lambda task: not task.get("late"))
