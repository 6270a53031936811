"""Runs the whole portal on one machine, or some of its pieces, until somebody stops it."""

import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assises.embedded import pieces, roles
from assises.embedded.console import Console
from assises.embedded.credentials import credentials
from assises.embedded.demo import Demo
from assises.embedded.locks import AlreadyRunningError, take_lock, wait_for_lock
from assises.embedded.places import Places, places
from assises.embedded.problems import CannotRunError
from assises.embedded.servers import servers_for
from assises.embedded.watcher import Command, Running, StopRequestedError, Watcher

SHORT_LIFE = 15.0  # seconds: a process that dies sooner did not really start
MOST_SHORT_LIVES = 4
LONGEST_PAUSE = 30.0
IN_FRENCH = {
    "web": "Le site",
    "jobs": "Le service des tâches",
    "beat": "Le service d’horloge",
    "base": "La base de données",
    "file": "La file d’attente",
}
STOP_ORDER = ("web", "beat", "jobs")
SERVERS = ("base", "file")


@dataclass
class Piece:
    """A process that has to run for ever, and how it has fared."""

    start: Callable[[], Running]
    running: Running
    short_lives: int = 0
    start_again_at: float | None = None


class Supervisor:
    def __init__(
        self,
        *,
        root: Path,
        environment: Mapping[str, str],
        wanted: frozenset[str] = frozenset(pieces.PIECES),
        commands: frozenset[str] = frozenset(),
    ) -> None:
        self.began_at = time.monotonic()
        self.root = root
        self.wanted = wanted
        self.console = Console()
        self.watcher = Watcher(self.console)
        self.var = Path(environment.get("VAR_DIR") or root / "var").resolve()
        self.environment = {**environment, "VAR_DIR": str(self.var), "PYTHONUNBUFFERED": "1"}
        self.demo = Demo(commands=commands, is_wanted=environment.get("DEMO", "") not in {"", "0"})
        self.pieces: dict[str, Piece] = {}
        self.own_locks: list[int] = []
        self.listener: socket.socket | None = None
        self.ready_reader, self.ready_writer = os.pipe()
        self.go_reader, self.go_writer = os.pipe()
        self.is_announced = False

    def run(self) -> int:
        """Start, watch, stop; the exit status."""
        self.watcher.listen_to_signals()
        try:
            self._start()
            while True:
                self.watcher.pump(0.5)
                self._mend()
                self.demo.look()
        except StopRequestedError:
            self.console.say("\nArrêt en cours…")
            return 0
        except CannotRunError as error:
            self.console.say(str(error))
            return 1
        finally:
            self._stop()

    def _start(self) -> None:
        where = places(self.var, token=credentials(self.var).token)
        kept_fds = self._lock(where)
        if "web" in self.wanted:
            self.listener = pieces.open_port(*self._host_and_port())
        are_ours = "servers" in self.wanted
        self.servers = servers_for(self.environment, self.var, are_ours=are_ours, kept_fds=kept_fds)
        self.environment |= self.servers.environment()
        self.environment.pop("DATABASE_OWNER_URL", None)
        self.environment |= {
            "PROMETHEUS_MULTIPROC_DIR": pieces.scratch_folder(where.prometheus, is_cleared="web" in self.wanted),
            "TMPDIR": pieces.scratch_folder(where.temporary, is_cleared="jobs" in self.wanted),
        }
        self.portal = pieces.Portal(self.root, self.environment, kept_fds)
        self._start_web()
        if are_ours:
            self._start_servers()
        elif not roles.answers(self.servers.app_url):
            raise CannotRunError("La base de données ne répond pas. Lancez d’abord : bin/run --only servers")
        self._start_pieces(where)
        os.close(self.go_writer)
        if not self.listener:
            self._announce()

    def _lock(self, where: Places) -> tuple[int, ...]:
        """Two locks a piece: ours says that it runs; the one that children inherit, that they have not all died yet."""
        try:
            self.own_locks = [take_lock(where.locks / f"{piece}.lock") for piece in sorted(self.wanted)]
        except AlreadyRunningError:
            raise CannotRunError(
                "Le portail est déjà en marche dans ce dossier. Arrêtez-le d’abord : Ctrl-C dans son terminal."
            ) from None
        return tuple(
            wait_for_lock(
                where.locks / f"{piece}.alive",
                on_wait=lambda: self.console.say("Le démarrage précédent finit de s’arrêter…"),
            )
            for piece in sorted(self.wanted)
        )

    def _host_and_port(self) -> tuple[str, int]:
        port = self.environment.get("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004
            raise CannotRunError(f"PORT doit être un nombre entre 1 et 65535, pas « {port} ».")
        return self.environment.get("HOST") or "127.0.0.1", int(port)

    def _start_servers(self) -> None:
        for line in self.servers.in_french:
            self.console.say(line)
        self.servers.start(self.watcher)
        for name, running in self.servers.started.items():
            self.pieces[name] = Piece(partial(self.servers.restart, name, self.watcher), running)
        owner_url = self.servers.owner_url or ""
        migrating = self.watcher.start(
            self.portal.manage("base", "migrate", is_quiet=True, DATABASE_OWNER_URL=owner_url)
        )
        if not self.watcher.finish(migrating):
            self.watcher.show_last_lines(migrating)
            raise CannotRunError("La base de données n’a pas pu être mise à jour : le message est au-dessus.")

    def _start_pieces(self, where: Places) -> None:
        self.servers.let_speak()
        if "jobs" in self.wanted:
            self._keep(self.portal.jobs())
        if "beat" in self.wanted:
            self._keep(self.portal.beat(where.beat_schedule))

    def _start_web(self) -> None:
        """Before the database is there: it loads meanwhile, and answers once the other end of `go` is closed."""
        if self.listener:
            self.watcher.call_when_readable(self.ready_reader, self._hear_web)
            self._keep(self.portal.web(self.listener, ready_fd=self.ready_writer, go_fd=self.go_reader))

    def _keep(self, command: Command) -> None:
        start = partial(self.watcher.start, command)
        self.pieces[command.name] = Piece(start, start())

    def _hear_web(self) -> None:
        """Each web worker writes a byte when it can answer."""
        os.read(self.ready_reader, 4096)
        self._announce()

    def _announce(self) -> None:
        if self.is_announced:
            return
        self.is_announced = True
        seconds = f"{time.monotonic() - self.began_at:.1f}".replace(".", ",")
        if "web" in self.wanted:
            host, port = self._host_and_port()
            shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host  # noqa: S104
            address = self.environment.get("BASE_URL") or f"http://{shown}:{port}"
            self.console.say(f"\nLe portail est prêt en {seconds} s : {address.rstrip('/')}/")
        else:
            self.console.say(f"\nPrêt en {seconds} s : {', '.join(sorted(self.wanted))}")
        self.console.say("Ctrl-C arrête tout.\n")
        if self.servers.postgres and self.servers.is_new:
            self.watcher.start(self.servers.postgres.sync_command())
        if "servers" in self.wanted:
            self.demo.begin(self.watcher, self.portal, self.servers)

    def _mend(self) -> None:
        """Start again what died, after a pause that grows; give up on what never stays up."""
        now = time.monotonic()
        for name, piece in self.pieces.items():
            if piece.running.is_alive:
                continue
            if piece.start_again_at is None:
                self._note_death(name, piece, now)
            elif now >= piece.start_again_at:
                piece.start_again_at = None
                piece.running = piece.start()

    def _note_death(self, name: str, piece: Piece, now: float) -> None:
        self.watcher.forget(piece.running)
        piece.short_lives = piece.short_lives + 1 if now - piece.running.started_at < SHORT_LIFE else 1
        if piece.short_lives >= MOST_SHORT_LIVES:
            raise CannotRunError(
                f"{IN_FRENCH[name]} s’arrête à chaque fois qu’on le relance : son dernier message est au-dessus. "
                "Tout est arrêté."
            )
        pause = min(0.5 * 2**piece.short_lives, LONGEST_PAUSE)
        piece.start_again_at = now + pause
        status = piece.running.process.returncode
        cause = f"signal {-status}" if status < 0 else f"code {status}"
        self.console.say(f"{IN_FRENCH[name]} s’est arrêté tout seul ({cause}) ; nouveau démarrage dans {pause:.0f} s.")

    def _stop(self) -> None:
        """The site first, the servers last; nothing is left when this returns."""
        order = {name: rank for rank, name in enumerate(STOP_ORDER)}
        front = [running for running in self.watcher.running if running.command.name not in SERVERS]
        self.watcher.stop(*sorted(front, key=lambda running: order.get(running.command.name, len(order))))
        self.watcher.stop(*self.watcher.running)
        for lock in self.own_locks:
            os.close(lock)
