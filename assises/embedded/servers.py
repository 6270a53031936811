"""PostgreSQL and Valkey for one run: whose they are, where they answer, and starting them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assises.embedded.credentials import addresses_in, credentials
from assises.embedded.places import Places, make_private, places
from assises.embedded.postgres import Postgres, embedded_postgres
from assises.embedded.roles import outside_addresses
from assises.embedded.valkey import Valkey, embedded_valkey
from assises.embedded.watcher import Running, Watcher


@dataclass
class Servers:
    """The addresses that the portal will use, and the servers that we have to start for them (None: they run)."""

    app_url: str
    owner_url: str | None
    redis_url: str
    postgres: Postgres | None = None
    valkey: Valkey | None = None
    started: dict[str, Running] = field(default_factory=dict)
    is_new: bool = False

    @property
    def in_french(self) -> list[str]:
        base = "celle de DATABASE_URL"
        if self.postgres:
            program, identity = self.postgres.program, self.postgres.identity
            base = f"PostgreSQL {program.version} ({program.origin}){identity.in_french}"
        queue = "celle de REDIS_URL"
        if self.valkey:
            queue = f"{self.valkey.program.path.name} {self.valkey.program.version} ({self.valkey.program.origin})"
        return [f"Base de données : {base}", f"File d’attente : {queue}"]

    def start(self, watcher: Watcher) -> None:
        """Both at once; returns when both answer and the roles are there."""
        if ours := self.postgres or self.valkey:
            make_private(ours.where.sockets, owner=self.postgres.identity.uid if self.postgres else None)
        if self.valkey:
            self.started["file"] = self.valkey.launch(watcher)
        if self.postgres:
            self.is_new = not self.postgres.data.exists()
            self.started["base"] = self.postgres.start(watcher)
        if self.valkey:
            self.valkey.wait(watcher, self.started["file"])

    def let_speak(self) -> None:
        """After the chatter of a start, their lines are worth reading."""
        for running in self.started.values():
            running.is_hushed = False

    def restart(self, name: str, watcher: Watcher) -> Running:
        if name == "base" and self.postgres:
            self.started[name] = self.postgres.launch(watcher)
        elif self.valkey:
            self.started[name] = self.valkey.launch(watcher)
            self.valkey.wait(watcher, self.started[name])
        self.let_speak()
        return self.started[name]

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.app_url, "REDIS_URL": self.redis_url}


def servers_for(
    environment: Mapping[str, str],
    var: Path,
    *,
    are_ours: bool = True,
    is_throwaway: bool = False,
    kept_fds: tuple[int, ...] = (),
) -> Servers:
    """The servers that the environment names, else embedded ones; `are_ours` unless another process starts them."""
    known = credentials(var)
    where: Places = places(var, token=known.token)
    inside = addresses_in(where, known)
    url, owner_url = environment.get("DATABASE_URL"), environment.get("DATABASE_OWNER_URL")
    redis_url = environment.get("REDIS_URL")
    servers = Servers(inside.app_url, inside.owner_url, redis_url or inside.redis_url)
    if url or owner_url:
        outside = outside_addresses(url, owner_url, var=var, owner_needed=are_ours)
        servers.app_url, servers.owner_url = outside.app_url, outside.owner_url
    elif are_ours:
        servers.postgres = embedded_postgres(where, known, is_throwaway=is_throwaway, kept_fds=kept_fds)
    if not redis_url and are_ours:
        servers.valkey = embedded_valkey(where, known, is_throwaway=is_throwaway, kept_fds=kept_fds)
    return servers
