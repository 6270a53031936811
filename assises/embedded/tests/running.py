"""Real processes to test with, and a look at what is left of them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from assises.embedded import child
from assises.embedded.console import Console
from assises.embedded.credentials import Credentials, credentials
from assises.embedded.places import Places, places
from assises.embedded.servers import Servers, servers_for
from assises.embedded.watcher import Watcher

ROOT = Path(__file__).resolve().parents[3]
OF_THE_TEST_RUN = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "TESTING", "VAR_DIR", "HOST", "SECRET_KEY"}
MARK = "ASSISES_PROCESS_OF_TEST"


@contextmanager
def started_servers(var: Path, environment: Mapping[str, str] | None = None) -> Iterator[Servers]:
    """PostgreSQL and Valkey alone, without the portal."""
    watcher = Watcher(Console())
    servers = servers_for(environment or {}, var)
    try:
        servers.start(watcher)
        yield servers
    finally:
        watcher.stop(*watcher.running)
        remove_sockets(var)


def remove_sockets(var: Path) -> None:
    """They may lie outside of pytest's folder, which removes itself."""
    shutil.rmtree(secrets_and_places(var)[1].sockets, ignore_errors=True)


def secrets_and_places(var: Path) -> tuple[Credentials, Places]:
    known = credentials(var)
    return known, places(var, token=known.token)


def eventually(is_true: Callable[[], object], *, seconds: float = 90) -> bool:
    limit = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_dead(pid: int) -> bool:
    """Gone, or a zombie that nobody has collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@dataclass
class Portal:
    """`manage.py run` in a folder of its own; its processes bear its mark or work in its folder."""

    var: Path
    options: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    mark: str = field(default_factory=lambda: uuid4().hex)

    def start(self) -> "Portal":
        kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
        ours = {"DEMO": "1", "VAR_DIR": str(self.var), "PORT": str(self.port), MARK: self.mark}
        self.var.mkdir(parents=True, exist_ok=True)
        launcher = [sys.executable, "-I", "-S", child.__file__, str(os.getpid()), str(int(signal.SIGKILL)), "self"]
        with (self.var / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(
                [*launcher, sys.executable, "manage.py", "run", *self.options],
                cwd=ROOT,
                env={**kept, **ours, **self.more},
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        return self

    @property
    def output(self) -> str:
        return (self.var / "output.txt").read_text(encoding="utf-8")

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante/", timeout=30).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def wait(self) -> "Portal":
        assert eventually(lambda: self.process.poll() is not None or self.answers(), seconds=180), self.output
        assert self.process.poll() is None, self.output
        return self

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def processes(self) -> dict[int, str]:
        """Those alive: known by their environment or, where PostgreSQL has written over it, by where they work."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                works_here = (folder / "cwd").readlink().is_relative_to(self.var.resolve())
                is_marked = self.mark.encode() in (folder / "environ").read_bytes()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if (works_here or is_marked) and not is_dead(int(folder.name)):
                found[int(folder.name)] = command
        return found

    def process_of(self, *words: str) -> int:
        """The first of them whose command line has these words: the parent, for those that fork."""
        return min(self.processes_of(*words))

    def has_process_of(self, *words: str) -> bool:
        return bool(self.processes_of(*words))

    def processes_of(self, *words: str) -> list[int]:
        return [pid for pid, command in self.processes().items() if all(word in command for word in words)]

    def end(self) -> None:
        if self.process.poll() is None:
            self.kill()
        assert eventually(lambda: not self.processes()), self.processes()
        remove_sockets(self.var)


@contextmanager
def a_portal(var: Path, *options: str, **more: str) -> Iterator[Portal]:
    portal = Portal(var, options, more).start()
    try:
        yield portal
    finally:
        portal.end()
