"""Everything that is measured, started on servers of its own below `var/bench` and stopped with them."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from assises.embedded import child
from assises.embedded.console import Console
from assises.embedded.credentials import credentials
from assises.embedded.locks import take_lock
from assises.embedded.pieces import open_port
from assises.embedded.problems import CannotRunError
from assises.embedded.servers import Servers, servers_for
from assises.embedded.watcher import Watcher

ROOT = Path(__file__).resolve().parents[1]
HELD_BACK = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "VAR_DIR", "DEMO", "TESTING", "SECRET_KEY", "BASE_URL"}
TICKS = os.sysconf("SC_CLK_TCK")
PORTAL, MINIMAL = "assises.wsgi:application", "bench.minimal.wsgi:application"


@dataclass
class Site:
    """One gunicorn."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Seconds of processor that it and its workers have used."""
        return sum(seconds_of(pid) for pid in family(self.process.pid))

    def stop(self) -> None:
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=15)
        self.process.kill()


@dataclass
class Stage:
    var: Path
    watcher: Watcher
    servers: Servers
    sites: list[Site] = field(default_factory=list)

    def environment(self, database: str, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in HELD_BACK}
        return kept | {
            "DEMO": "1",
            "VAR_DIR": str(self.var),
            "DATABASE_URL": named(self.servers.app_url, database),
            "REDIS_URL": self.servers.redis_url,
            "SECRET_KEY": credentials(self.var).secret_key,
            "TRUSTED_PROXIES": "1",
            **more,
        }

    def owner_of(self, database: str) -> str:
        return named(self.servers.owner_url or "", database)

    def make_database(self, name: str, template: str | None = None) -> None:
        with closing(psycopg2.connect(self.owner_of("postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))

    def change(self, database: str, statement: str) -> None:
        """As the owner."""
        with closing(psycopg2.connect(self.owner_of(database))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def rows(self, database: str, query: str) -> list[tuple[Any, ...]]:
        """As the owner: not the role that wrote them."""
        with closing(psycopg2.connect(self.owner_of(database))) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def run(self, database: str, *arguments: str, as_owner: bool = False, **more: str) -> str:
        """A Python program on that database; what it says."""
        owner = {"DATABASE_OWNER_URL": self.owner_of(database)} if as_owner else {}
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(database, **owner, **more),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise CannotRunError(f"{' '.join(arguments)} a échoué :\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def ask_portal(self, database: str, what: str) -> dict[str, Any]:
        return json.loads(self.run(database, "-W", "ignore", "-m", "bench.portal", what).splitlines()[-1])

    def serve(self, name: str, application: str, database: str, **more: str) -> Site:
        """gunicorn with the settings of production; its lines go to a file."""
        listener = open_port("127.0.0.1", 0)
        port = listener.getsockname()[1]
        scratch = self.var / f"prometheus-{name}"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        facts = {"ASSISES_LISTEN_FD": str(listener.fileno()), "PROMETHEUS_MULTIPROC_DIR": str(scratch)}
        launcher = [sys.executable, "-I", "-S", child.__file__, str(os.getpid()), "9", "self"]
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:assises.embedded.gunicorn_conf", application]
        with (self.var / f"{name}.log").open("wb") as output:
            process = subprocess.Popen(
                [*launcher, *gunicorn],
                cwd=ROOT,
                env=self.environment(database, **facts, **more),
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                pass_fds=(listener.fileno(),),
            )
        listener.close()
        site = Site(name, port, process)
        self.sites.append(site)
        wait_for(site, self.var / f"{name}.log")
        return site

    def database_cpu(self) -> float:
        """Seconds of processor that PostgreSQL has used; those of backends that ended are in their parent's."""
        running = self.servers.started.get("base")
        return sum(seconds_of(pid) for pid in family(running.process.pid)) if running else 0.0


@contextmanager
def stage(var: Path) -> Iterator[Stage]:
    watcher = Watcher(Console())
    var.mkdir(parents=True, exist_ok=True)
    lock = take_lock(var / "bench.lock")
    servers = servers_for({}, var, kept_fds=(lock,))
    made = Stage(var, watcher, servers)
    try:
        servers.start(watcher)
        yield made
    finally:
        for site in made.sites:
            site.stop()
        watcher.stop(*watcher.running)


def named(url: str, database: str) -> str:
    """The same server, another database."""
    head, _, options = url.partition("?")
    return f"{head.rpartition('/')[0]}/{database}?{options}"


def wait_for(site: Site, log: Path) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and site.process.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{site.port}/", timeout=30).close()
            return
        time.sleep(0.1)
    raise CannotRunError(f"{site.name} ne répond pas :\n{log.read_text('utf-8')[-3000:]}")


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    parents: Mapping[int, int] = dict(parent_of(path) for path in Path("/proc").glob("[0-9]*"))
    found = [pid]
    for each in found:
        found += [one for one, parent in parents.items() if parent == each]
    return found


def parent_of(folder: Path) -> tuple[int, int]:
    with suppress(OSError):
        return int(folder.name), int(facts_of(folder)[1])
    return int(folder.name), 0


def seconds_of(pid: int) -> float:
    """User and system time, with that of children that ended."""
    with suppress(OSError):
        return sum(map(int, facts_of(Path(f"/proc/{pid}"))[11:15])) / TICKS
    return 0.0


def facts_of(folder: Path) -> list[str]:
    return (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
