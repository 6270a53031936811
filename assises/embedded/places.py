"""Where things lie: everything below `var/`, except what a deep or closed folder makes impossible."""

import contextlib
import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from assises.embedded.problems import CannotRunError

# A Unix socket's path has 108 bytes at most, final zero included.
LONGEST_SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 104
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Places:
    """The folders and files of one checkout's servers. `key` names what has to live outside of `var`."""

    var: Path
    key: str

    @property
    def locks(self) -> Path:
        return self.var / "locks"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def prometheus(self) -> Path:
        return self.var / "prometheus"

    @property
    def temporary(self) -> Path:
        return self.var / "tmp"

    @property
    def beat_schedule(self) -> Path:
        return self.var / "beat" / "schedule"

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def postgres_elsewhere(self) -> Path:
        """For root, when PostgreSQL has to run as an account that cannot enter `var`."""
        return Path("/var/lib") / f"assises-{self.key}"

    @property
    def sockets(self) -> Path:
        inside = self.var / "sockets"
        too_long = len(os.fsencode(inside / LONGEST_SOCKET)) > SOCKET_PATH_LIMIT
        if too_long or (os.geteuid() == 0 and not open_to_others(self.var)):
            # Not $XDG_RUNTIME_DIR nor $TMPDIR: two terminals may disagree about them.
            return Path("/tmp") / f"assises-{self.key}"  # noqa: S108 (the key is secret, the owner is checked)
        return inside

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"


def places(var: Path, *, token: str) -> Places:
    """The places of this `var`; a copied checkout carries the same token but has another path, so another key."""
    absolute = Path(var).resolve()
    key = hashlib.sha256(token.encode() + os.fsencode(absolute)).hexdigest()[:16]
    return Places(var=absolute, key=key)


def open_to_others(folder: Path) -> bool:
    """Whether any account may pass through this folder (or, while it does not exist, through those above it)."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in (folder, *folder.parents) if step.exists())


def make_private(folder: Path, *, owner: int | None = None) -> None:
    """A folder that its owner alone may enter; refuses one that somebody else made under that name."""
    acceptable = {os.geteuid()} | ({owner} if owner is not None else set())
    if os.geteuid() == 0:
        acceptable |= accounts_for_postgres()  # a former start may have run as one of them
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in acceptable:
        raise CannotRunError(f"Le dossier {folder} appartient à quelqu’un d’autre : supprimez-le, puis relancez.")
    if owner is not None and found.st_uid != owner:
        os.chown(folder, owner, -1)
    folder.chmod(0o700)


def accounts_for_postgres() -> set[int]:
    """The numbers of the accounts that root may run PostgreSQL as."""
    found = set()
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            found.add(pwd.getpwnam(name).pw_uid)
    return found
