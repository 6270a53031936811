"""Passwords and addresses of the embedded servers, the same for every process of a checkout."""

import contextlib
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from urllib.parse import quote

from assises.embedded.places import Places, places
from assises.embedded.problems import CannotRunError

DATABASE = "assises"
OWNER = "assises_owner"
APP = "assises_app"
SUPERUSER = "postgres"


@dataclass(frozen=True)
class Credentials:
    superuser: str
    owner: str
    app: str
    outside_app: str
    valkey: str
    secret_key: str
    token: str


@dataclass(frozen=True)
class Addresses:
    owner_url: str
    app_url: str
    redis_url: str
    secret_key: str


def credentials(var: Path) -> Credentials:
    """Read the secrets file, made on first need."""
    path = var / "secrets.json"
    try:
        if not path.exists():
            _create(path)
        known = json.loads(path.read_text(encoding="utf-8"))
        return Credentials(**{field.name: known[field.name] for field in fields(Credentials)})
    except PermissionError:
        raise CannotRunError(
            f"Impossible de lire ou d’écrire dans {var} : ce dossier a été fait par un autre compte. "
            "Relancez avec ce compte, ou choisissez un autre dossier avec VAR_DIR=."
        ) from None
    except (ValueError, KeyError):
        raise CannotRunError(
            f"Le fichier {path} est abîmé. Supprimez-le : de nouveaux mots de passe seront faits au prochain démarrage."
        ) from None


def addresses(var: Path) -> Addresses:
    """How to reach the servers of this `var`, whether they run or not."""
    known = credentials(var)
    return addresses_in(places(var, token=known.token), known)


def addresses_in(where: Places, known: Credentials) -> Addresses:
    return Addresses(
        owner_url=database_url(where, OWNER, known.owner),
        app_url=database_url(where, APP, known.app),
        redis_url=f"unix://:{known.valkey}@{quote(str(where.valkey_socket))}?db=0",
        secret_key=known.secret_key,
    )


def database_url(where: Places, role: str, password: str, database: str = DATABASE) -> str:
    return f"postgres://{role}:{password}@/{database}?host={quote(str(where.sockets), safe='')}"


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Credentials(**{field.name: secrets.token_urlsafe(32) for field in fields(Credentials)})
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")  # 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(asdict(made), stream, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)  # unlike a rename, does not replace what another process made meanwhile
    finally:
        Path(temporary).unlink()
