"""The embedded PostgreSQL: a cluster of its own on a private Unix socket."""

import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from assises.embedded import roles
from assises.embedded.binaries import Program, find_postgres
from assises.embedded.credentials import SUPERUSER, Credentials, database_url
from assises.embedded.identity import Identity, choose_identity, give, reachable_binaries
from assises.embedded.places import Places, make_private, open_to_others
from assises.embedded.problems import CannotRunError
from assises.embedded.watcher import Command, Running, Watcher

START_TIMEOUT = 300.0  # recovery after a crash reads the log again
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "log_line_prefix": "[%p] %q%u ",
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "jit": "off",
}
# Rows of a test run need not survive anything.
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "max_connections": "300",
}


@dataclass
class Postgres:
    where: Places
    known: Credentials
    program: Program
    identity: Identity
    bin: Path
    home: Path
    is_throwaway: bool
    kept_fds: tuple[int, ...] = ()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def superuser_url(self) -> str:
        return database_url(self.where, SUPERUSER, self.known.superuser, "postgres")

    def start(self, watcher: Watcher) -> Running:
        """Make the cluster if there is none, start it, and see to its roles and its database."""
        self._clear_leftovers(watcher)
        if not self.data.exists():
            self._initialise(watcher)
        self._check_version()
        running = self.launch(watcher)
        roles.prepare(self.superuser_url, self.known)
        return running

    def launch(self, watcher: Watcher) -> Running:
        """Start the server on its existing cluster and wait until it answers."""
        for stale in (self.data / "postmaster.pid", *self.where.sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)  # we hold the lock: their process is dead, whoever has its number now
        running = watcher.start(self._command("postgres", *self._server_arguments()))
        if not watcher.wait_until(
            lambda: not running.is_alive or roles.answers(self.superuser_url), timeout=START_TIMEOUT
        ):
            watcher.stop(running)
        if not running.is_alive:
            watcher.forget(running)
            watcher.show_last_lines(running)
            raise CannotRunError("PostgreSQL n’a pas démarré : ses dernières lignes sont au-dessus.")
        return running

    def _initialise(self, watcher: Watcher) -> None:
        """Into a folder of another name, renamed when whole: one that was killed midway is never mistaken for one."""
        half_made, password_file = self.home / "data.new", self.home / "password.new"
        password_file.touch(mode=0o600)
        password_file.write_text(self.known.superuser, encoding="ascii")
        os.chown(password_file, self.identity.uid, -1)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if self.program.major < 17:  # noqa: PLR2004 (the first that has a locale of its own)
            locale = ["--locale=C.UTF-8"]
        options = ("-E", "UTF8", "-U", SUPERUSER, "--auth=scram-sha-256", "--no-instructions", "--no-sync")
        running = watcher.start(
            self._command("initdb", "-D", str(half_made), f"--pwfile={password_file}", *locale, *options)
        )
        is_made = watcher.finish(running)
        password_file.unlink()
        if not is_made:
            watcher.show_last_lines(running)
            raise CannotRunError("La base n’a pas pu être créée : le message d’initdb est au-dessus.")
        half_made.rename(self.data)

    def sync_command(self) -> Command:
        """Writes a new cluster to the disk for good, afterwards and in the background: the first page comes sooner."""
        return self._command("initdb", "-D", str(self.data), "--sync-only")

    def _clear_leftovers(self, watcher: Watcher) -> None:
        make_private(self.home, owner=self.identity.uid)
        shutil.rmtree(self.home / "data.new", ignore_errors=True)
        (self.home / "password.new").unlink(missing_ok=True)
        if self.data.exists() and not (self.data / "global" / "pg_control").exists():
            aside = self.home / f"data.incomplete-{int(time.time())}"
            self.data.rename(aside)
            watcher.console.say(
                f"La base trouvée était incomplète : elle est gardée dans {aside}, une neuve est faite."
            )
        give(self.data, self.identity)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != str(self.program.major):
            raise CannotRunError(
                f"La base de {self.data} a été faite par PostgreSQL {made_by} et ne peut pas être lue par PostgreSQL "
                f"{self.program.version} ({self.program.origin}). Reprenez l’ancienne version, ou déplacez ce dossier "
                "pour repartir d’une base vide."
            )

    def _server_arguments(self) -> list[str]:
        quoted = str(self.where.sockets).replace('"', '""')
        settings = SETTINGS | {"unix_socket_directories": f'"{quoted}"'}
        if self.is_throwaway:
            settings |= THROWAWAY_SETTINGS
        return ["-D", str(self.data), *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]

    def _command(self, program: str, *arguments: str) -> Command:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return Command(
            name="base",
            argv=(str(self.bin / program), *arguments),
            environment=environment | {"TZ": "UTC"},
            folder=self.home,
            identity=self.identity.inner,
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT if program == "postgres" else signal.SIGKILL,
            grace=60.0,
            kept_fds=self.kept_fds,
            is_quiet=True,
        )


def embedded_postgres(
    where: Places, known: Credentials, *, is_throwaway: bool = False, kept_fds: tuple[int, ...] = ()
) -> Postgres:
    """The PostgreSQL of this `var`, ready to start: which program, as whom, in which folder."""
    program, identity = find_postgres(), choose_identity()
    home = _home(where, identity)
    binaries = reachable_binaries(program.path.parent, identity=identity, copies=where.postgres_elsewhere)
    return Postgres(where, known, program, identity, binaries, home, is_throwaway, kept_fds)


def _home(where: Places, identity: Identity) -> Path:
    """Below `var`, unless PostgreSQL runs, or once ran, as an account that cannot enter there; rows follow."""
    elsewhere = where.postgres_elsewhere / "postgres"
    if os.geteuid() == 0 and elsewhere.exists():
        return elsewhere
    if identity.kind != "account" or open_to_others(where.var):
        return where.postgres
    where.postgres_elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
    if (where.postgres / "data").exists():
        half_copied = where.postgres_elsewhere / "postgres.new"
        shutil.rmtree(half_copied, ignore_errors=True)
        shutil.copytree(where.postgres, half_copied, symlinks=True)
        half_copied.rename(elsewhere)
        where.postgres.rename(where.var / "postgres.moved")
    return elsewhere
