import os
import re
import signal
import socket
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest

from assises.embedded.credentials import addresses
from assises.embedded.tests.running import Portal, a_portal, eventually

pytestmark = pytest.mark.slow


def write_row(var: Path) -> None:
    with closing(psycopg2.connect(addresses(var).owner_url)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS public.kept_by_the_test (written_at timestamptz)")
        cursor.execute("INSERT INTO public.kept_by_the_test VALUES (now())")
        connection.commit()


def count_rows(var: Path) -> int:
    with closing(psycopg2.connect(addresses(var).owner_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.kept_by_the_test")
        return cursor.fetchone()[0]


def kill_everything(portal: Portal) -> None:
    for pid in portal.processes():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    portal.process.wait()


EVERYBODY = ("postgres", "valkey-server", "gunicorn", "worker", "beat")


def names_in(portal: Portal) -> str:
    return " ".join(portal.processes().values())


def test_kill_of_the_supervisor_leaves_nothing_and_loses_nothing(tmp_path: Path) -> None:
    for times in range(1, 3):
        with a_portal(tmp_path) as portal:
            portal.wait()
            assert eventually(lambda: all(name in names_in(portal) for name in EVERYBODY)), names_in(portal)
            write_row(tmp_path)
            assert count_rows(tmp_path) == times
            portal.kill()
            assert eventually(lambda: not portal.processes(), seconds=10), portal.processes()


def test_kill_of_every_process_does_not_prevent_the_next_start(tmp_path: Path) -> None:
    with a_portal(tmp_path) as portal:
        portal.wait()
        write_row(tmp_path)
        kill_everything(portal)
    (tmp_path / "beat" / "schedule").write_bytes(b"half of a schedule")
    with a_portal(tmp_path) as portal:
        portal.wait()
        assert count_rows(tmp_path) == 1
        assert eventually(lambda: "beat: Starting" in portal.output)
        assert "s’est arrêté tout seul" not in portal.output


@pytest.mark.parametrize("moment", ["data.new", "postmaster.pid", "base de données"])
def test_kill_while_it_starts_does_not_prevent_the_next_start(tmp_path: Path, moment: str) -> None:
    with a_portal(tmp_path) as portal:
        assert eventually(lambda: moment in portal.output.lower() or list((tmp_path / "postgres").rglob(moment)))
        portal.kill()
    with a_portal(tmp_path) as portal:
        portal.wait()


def test_second_start_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    with a_portal(tmp_path) as first:
        first.wait()
        second = Portal(tmp_path).start()
        assert second.process.wait(timeout=30) == 1
        assert "déjà en marche" in first.output
        assert first.answers()


def test_port_taken_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with a_portal(tmp_path, PORT=str(port)) as portal:
            assert portal.process.wait(timeout=30) == 1
    assert f"PORT={port + 1} bin/run" in portal.output
    assert not (tmp_path / "postgres").exists()


def test_polite_stop_ends_every_process(tmp_path: Path) -> None:
    with a_portal(tmp_path) as portal:
        portal.wait()
        assert portal.stop() == 0
        assert not portal.processes()
        assert "Traceback" not in portal.output


@pytest.mark.parametrize("words", [("gunicorn",), ("celery", " worker "), ("celery", " beat "), ("postgres", "-D")])
def test_process_that_dies_comes_back(tmp_path: Path, words: tuple[str, ...]) -> None:
    with a_portal(tmp_path) as portal:
        portal.wait()
        assert eventually(lambda: portal.has_process_of(*words))
        dead = portal.process_of(*words)
        os.kill(dead, signal.SIGKILL)
        assert eventually(lambda: "s’est arrêté tout seul (signal 9)" in portal.output)
        assert eventually(lambda: any(all(w in c for w in words) and p > dead for p, c in portal.processes().items()))
        portal.wait()


def test_program_that_never_stays_up_is_given_up(tmp_path: Path) -> None:
    with a_portal(tmp_path, WEB_CONCURRENCY="not a number") as portal:
        assert portal.process.wait(timeout=60) == 1
        assert "Le site s’arrête à chaque fois qu’on le relance" in portal.output


def test_pieces_start_apart(tmp_path: Path) -> None:
    with a_portal(tmp_path, "--only", "servers") as servers:
        assert eventually(lambda: "Prêt en" in servers.output), servers.output
        web = Portal(tmp_path, ("--only", "web")).start().wait()
        assert not any("celery" in command for command in web.processes().values())
        assert web.stop() == 0
        assert servers.process.poll() is None


def test_site_alone_says_that_the_servers_are_missing(tmp_path: Path) -> None:
    with a_portal(tmp_path, "--only", "web") as web:
        assert web.process.wait(timeout=30) == 1
    assert "Lancez d’abord : bin/run --only servers" in web.output


def test_every_line_says_who_speaks(tmp_path: Path) -> None:
    with a_portal(tmp_path) as portal:
        portal.wait()
        assert eventually(lambda: "beat: Starting" in portal.output)
        line = next(line for line in portal.output.splitlines() if "beat: Starting" in line)
        assert re.match(r"beat  \| ", line)
        assert "\033[" not in portal.output
