"""Every address there is, asked of the resolver: what comes later is tested without a line being added."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter

from assises.access import Access, access_of

SAMPLES: dict[type, Any] = {IntConverter: 1, SlugConverter: "inconnu", StringConverter: "inconnu"}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    view: Callable[..., Any]
    converters: tuple[tuple[str, type], ...]

    @property
    def access(self) -> Access | None:
        return access_of(self.view)

    @property
    def of_department(self) -> bool:
        return "departement" in dict(self.converters)

    @property
    def needs_ids(self) -> bool:
        return bool(set(dict(self.converters)) - {"departement"})

    def path(self, departement: str = "aisne", **given: Any) -> str:
        """The address, with values that exist nowhere for what is not given."""
        from django.urls import reverse

        values = {name: SAMPLES.get(kind, "1-inconnu") for name, kind in self.converters}
        if self.of_department:
            values["departement"] = departement
        return reverse(self.name, kwargs={**values, **given})


def routes() -> list[Route]:
    found = list(_walk(get_resolver().url_patterns, "", ()))
    return sorted(found, key=lambda route: route.pattern)


def _walk(patterns: list[Any], prefix: str, converters: tuple[tuple[str, type], ...]) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        known = converters + tuple((name, type(kind)) for name, kind in entry.pattern.converters.items())
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, pattern, known)
        elif isinstance(entry, URLPattern):
            named = tuple(
                (name, str) for name in getattr(entry.pattern.regex, "groupindex", {}) if name not in dict(known)
            )
            yield Route(entry.name or "", pattern, entry.callback, known + named)
