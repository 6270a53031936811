"""A PostgreSQL of the test's own, which it may stop, kill and start again, and Django on it."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from psycopg2.extensions import parse_dsn

from assises.embedded.console import Console
from assises.embedded.servers import servers_for
from assises.embedded.tests.running import eventually, free_port, remove_sockets
from assises.embedded.watcher import Watcher


class OwnDatabase:
    """As durable as in production: what it has said to be committed survives a kill."""

    def __init__(self, var):
        self.var, self.watcher = var, Watcher(Console())
        nowhere = {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}
        self.servers = servers_for(nowhere, var)
        self.environment = nowhere | {"DATABASE_URL": self.servers.app_url}
        self.servers.start(self.watcher)
        owner = {"DATABASE_OWNER_URL": self.servers.owner_url}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.environment, **owner},
            check=True,
        )

    def stop(self, number=signal.SIGINT):
        """SIGINT as an operator would; SIGKILL as a machine that runs out of memory would."""
        running = self.servers.started["base"]
        running.signal(number)
        assert eventually(lambda: not running.is_alive, seconds=30)
        self.watcher.forget(running)

    def start(self):
        self.servers.restart("base", self.watcher)

    def end(self):
        self.watcher.stop(*self.watcher.running)
        remove_sockets(self.var)

    @contextmanager
    def under_django(self):
        """What this process reads and writes meanwhile."""
        before = {alias: dict(connections[alias].settings_dict) for alias in connections}
        for alias in connections:
            facts = parse_dsn(self.servers.owner_url if alias == "owner" else self.servers.app_url)
            use(
                alias,
                NAME=facts["dbname"],
                USER=facts["user"],
                PASSWORD=facts["password"],
                HOST=facts["host"],
                PORT=facts.get("port", ""),
            )
        try:
            yield
        finally:
            for alias, facts in before.items():
                use(alias, **facts)


def use(alias, **facts):
    connections[alias].close()
    for known in (connections[alias].settings_dict, settings.DATABASES[alias]):
        known.update(facts)
