"""Typed readers for environment variables, which name every missing one at once."""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "oui", "on"}
NO = {"", "0", "false", "no", "non", "off"}
SEED_BYTES = 32
DEFAULT_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass
class Environment:
    """Reads variables; `finish()` refuses to go on when one was missing or unreadable."""

    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    problems: list[str] = field(default_factory=list)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.problems.append(f"{name} est absente")
            return ""
        return default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.variables.get(name, "").strip().lower()
        if name not in self.variables:
            return default
        if value in YES | NO:
            return value in YES
        self.problems.append(f"{name} doit être 1 ou 0, pas « {value} »")
        return default

    def integer(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        try:
            return int(value)
        except ValueError:
            self.problems.append(f"{name} doit être un nombre entier, pas « {value} »")
            return default

    def items(self, name: str, default: str | None = None) -> list[str]:
        return [item.strip() for item in self.text(name, default).split(",") if item.strip()]

    def seed(self, name: str, default: str | None = None) -> str:
        """32 random bytes in base64: `openssl rand -base64 32`."""
        value = self.text(name, default)
        try:
            is_seed = len(base64.b64decode(value, validate=True)) == SEED_BYTES
        except ValueError:
            is_seed = False
        if value and not is_seed:
            self.problems.append(f"{name} doit être de 32 octets aléatoires en base64")
        return value

    def database(self, name: str, default: str | None = None) -> dict[str, Any]:
        return self._parsed(name, default, database)

    def mail(self, name: str, default: str | None = None) -> dict[str, Any]:
        return self._parsed(name, default, mail_server)

    def finish(self) -> None:
        if self.problems:
            raise ImproperlyConfigured(
                "Configuration incomplète : "
                + " ; ".join(self.problems)
                + ". Voir docs/operations.md, ou DEMO=1 pour essayer le portail sur cette machine."
            )

    def _parsed(self, name: str, default: str | None, parse: Any) -> dict[str, Any]:
        url = self.text(name, default)
        try:
            return parse(url) if url else {}
        except ValueError as error:
            self.problems.append(f"{name} est illisible ({error})")
            return {}


def database(url: str) -> dict[str, Any]:
    """Django's database settings from postgres://user:password@host:port/name?host=/socket/folder&sslmode=…"""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("attendu : postgres://…")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def mail_server(url: str) -> dict[str, Any]:
    """Where mail is handed over: smtp://, smtp+starttls:// or smtps://user:password@host:port"""
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS:
        raise ValueError("attendu : smtp://, smtp+starttls:// ou smtps://")
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or DEFAULT_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+starttls",
        "use_ssl": parts.scheme == "smtps",
    }


def celery_broker(url: str) -> str:
    """Kombu's spelling of a Redis address: Unix sockets have a scheme of their own there."""
    if not url.startswith("unix://"):
        return url
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("db", ["0"])[-1]
    password = f":{parts.password}@" if parts.password else ""
    return f"redis+socket://{password}{parts.path}?virtual_host={number}"
