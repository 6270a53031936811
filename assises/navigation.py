"""Where one can go: each app adds its entries; staff see those that their role may open, the public all of its own."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse

from assises.access import access_of
from assises.tenancy.context import MINISTRY, PREFECTURE, PUBLIC


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    rank: int


ENTRIES: dict[str, list[Entry]] = {PUBLIC: [], PREFECTURE: [], MINISTRY: []}
LAST = 99


def add_entry(audience: str, label: str, url_name: str, rank: int = LAST) -> None:
    """Called from an app's `ready()`; entries of one rank keep the order of the apps."""
    ENTRIES[audience].append(Entry(label, url_name, rank))
    ENTRIES[audience].sort(key=lambda entry: entry.rank)


def navigation_for(request: HttpRequest) -> list[dict[str, Any]]:
    access = getattr(request, "access", None)
    roles = getattr(request, "roles", frozenset())
    if access is None:
        return []
    # Legal pages and the way in have no audience: whoever reads them came from the public pages.
    audience = access.audience or ("" if access.needs_account else PUBLIC)
    if not (roles or audience == PUBLIC):
        return []
    args = [request.prefecture.slug] if audience == PREFECTURE else []
    entries = [(entry.label, reverse(entry.url_name, args=args)) for entry in ENTRIES.get(audience, [])]
    allowed = [(label, url) for label, url in entries if audience == PUBLIC or may_open(url, roles)]
    here = section_of(request.path, [url for _, url in allowed])
    return [{"label": label, "url": url, "current": url == here} for label, url in allowed]


def may_open(url: str, roles: frozenset[str]) -> bool:
    access = access_of(resolve(url).func)
    return bool(access and access.roles & roles)


def section_of(path: str, urls: list[str]) -> str:
    """The entry that a page stands under: the longest address that its own begins with."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")
