"""A broker and workers of a test's own, which it may stop, empty and kill."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from kombu import pools

from assises.celery import app
from assises.embedded.binaries import find_valkey

PATIENCE_SECONDS = 20


class Broker:
    """A Valkey of the test's own, which it may stop and start."""

    def __init__(self, port):
        self.port = port
        self.url = f"redis://127.0.0.1:{port}/0"
        self.start()

    def start(self):
        argv = [str(find_valkey().path), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: answers(self.port))

    def stop(self):
        self.process.kill()
        self.process.wait()

    def flush(self):
        with app.connection_for_write(self.url) as made:
            made.default_channel.client.flushall()

    def holds_something(self):
        with app.connection_for_write(self.url) as made:
            return made.default_channel.client.llen("celery") > 0


class Worker:
    """A Celery worker on the test's database and broker."""

    def __init__(self, broker):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-q", "-A", "assises", "worker", "-P", "prefork", "-c", "1"],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": database_url(), "REDIS_URL": broker.url, "DEMO": "1", "TESTING": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def wait_for(is_reached):
    limit = time.monotonic() + PATIENCE_SECONDS
    while not is_reached():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.1)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def forget_connections():
    pools.reset()
    app.amqp.__dict__.pop("_producer_pool", None)
    app.__dict__.pop("_pool", None)
    app._pool = None
    app.amqp._producer_pool = None


def database_url():
    facts = connection.settings_dict
    host, port = quote(facts["HOST"], safe=""), facts["PORT"] or "5432"
    return f"postgres://{facts['USER']}:{quote(facts['PASSWORD'])}@:{port}/{facts['NAME']}?host={host}"
