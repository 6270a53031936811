"""The embedded Valkey: Celery's broker, on a private Unix socket."""

import os
import socket
from dataclasses import dataclass

from assises.embedded.binaries import Program, find_valkey
from assises.embedded.credentials import Credentials
from assises.embedded.places import Places, make_private
from assises.embedded.problems import CannotRunError
from assises.embedded.watcher import Command, Running, Watcher

START_TIMEOUT = 60.0


@dataclass
class Valkey:
    where: Places
    known: Credentials
    program: Program
    is_throwaway: bool
    kept_fds: tuple[int, ...] = ()

    def launch(self, watcher: Watcher) -> Running:
        """Start it; `wait` says when it answers."""
        make_private(self.where.valkey)
        for stale in (self.where.valkey_socket, *self.where.valkey.glob("temp-*.rdb")):
            stale.unlink(missing_ok=True)
        return watcher.start(
            Command(
                name="file",
                argv=(str(self.program.path), "-"),
                environment=os.environ | {"TZ": "UTC", "LC_ALL": "C"},
                folder=self.where.valkey,
                death_signal=Command.stop_signal,
                given=self._configuration().encode(),
                kept_fds=self.kept_fds,
                is_quiet=True,
            )
        )

    def wait(self, watcher: Watcher, running: Running) -> None:
        if not watcher.wait_until(lambda: not running.is_alive or self._answers(), timeout=START_TIMEOUT):
            watcher.stop(running)
        if not running.is_alive:
            watcher.forget(running)
            watcher.show_last_lines(running)
            raise CannotRunError("Valkey n’a pas démarré : ses dernières lignes sont au-dessus.")

    def _configuration(self) -> str:
        """On standard input, so that the password is in no command line. A snapshot is enough: rows are the truth."""
        settings = {
            "port": "0",
            "unixsocket": quoted(str(self.where.valkey_socket)),
            "unixsocketperm": "700",
            "requirepass": quoted(self.known.valkey),
            "dir": quoted(str(self.where.valkey)),
            "dbfilename": f"{self.program.path.name}.rdb",  # Redis cannot read Valkey's
            "save": '""' if self.is_throwaway else "60 1",
            "appendonly": "no",
            "stop-writes-on-bgsave-error": "no",
            "loglevel": "warning",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            try:
                connection.connect(str(self.where.valkey_socket))
                connection.sendall(f"AUTH {self.known.valkey}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:  # noqa: PLR2004 (one line each)
                    received = connection.recv(4096)
                    if not received:
                        return False
                    answer += received
            except OSError:
                return False
        return b"+PONG" in answer


def embedded_valkey(
    where: Places, known: Credentials, *, is_throwaway: bool = False, kept_fds: tuple[int, ...] = ()
) -> Valkey:
    return Valkey(where, known, find_valkey(), is_throwaway, kept_fds)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
