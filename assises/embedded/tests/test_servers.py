import os
import shutil
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from assises.embedded.credentials import addresses
from assises.embedded.problems import CannotRunError
from assises.embedded.roles import outside_addresses
from assises.embedded.tests.running import secrets_and_places, started_servers

pytestmark = pytest.mark.slow


def answer(url: str, statement: str) -> object:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None


def test_half_made_cluster_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data.new" / "base").mkdir(parents=True)
    (tmp_path / "postgres" / "password.new").write_text("left")
    with started_servers(tmp_path):
        assert answer(addresses(tmp_path).app_url, "SELECT 1") == 1
    assert not (tmp_path / "postgres" / "data.new").exists()


def test_incomplete_cluster_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data" / "base").mkdir(parents=True)
    with started_servers(tmp_path):
        assert answer(addresses(tmp_path).app_url, "SELECT 1") == 1
    assert list((tmp_path / "postgres").glob("data.incomplete-*/base"))


def test_stale_files_of_dead_servers_do_not_matter(tmp_path: Path) -> None:
    with started_servers(tmp_path):
        stale = (tmp_path / "postgres" / "data" / "postmaster.pid").read_text().splitlines()
    _, where = secrets_and_places(tmp_path)
    where.sockets.mkdir(mode=0o700, exist_ok=True)
    # The number of the dead server has gone to another process of ours.
    (tmp_path / "postgres" / "data" / "postmaster.pid").write_text("\n".join([str(os.getppid()), *stale[1:]]))
    (where.sockets / ".s.PGSQL.5432").write_text("")
    (where.sockets / ".s.PGSQL.5432.lock").write_text(f"{os.getppid()}\n")
    (where.sockets / "valkey.sock").write_text("")
    with started_servers(tmp_path):
        assert answer(addresses(tmp_path).owner_url, "SELECT 1") == 1


def test_servers_of_a_very_deep_folder_answer(tmp_path: Path) -> None:
    deep = tmp_path / "un dossier" / ("d" * 100)
    with started_servers(deep):
        assert answer(addresses(deep).app_url, "SELECT 1") == 1


def test_roles_of_an_embedded_server_are_what_they_should_be(tmp_path: Path) -> None:
    rights = (
        "SELECT ARRAY[rolsuper, rolbypassrls, rolcreaterole, rolcreatedb] FROM pg_roles WHERE rolname = current_user"
    )
    owned = "SELECT count(*) FROM pg_database WHERE pg_get_userbyid(datdba) = current_user"
    with started_servers(tmp_path):
        found = addresses(tmp_path)
        assert answer(found.app_url, rights) == [False, False, False, False]
        assert answer(found.app_url, owned) == 0
        assert answer(found.owner_url, rights) == [False, False, False, True]
        assert answer(found.owner_url, owned) == 1
        assert answer(found.owner_url, "CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm") is None
        assert answer(found.owner_url, "SHOW listen_addresses") == ""


def test_server_of_somebody_else_needs_an_owner(tmp_path: Path) -> None:
    with started_servers(tmp_path / "theirs"):
        app_url = addresses(tmp_path / "theirs").app_url
        with pytest.raises(CannotRunError, match="Il manque DATABASE_OWNER_URL"):
            outside_addresses(app_url, None, var=tmp_path / "ours", owner_needed=True)
        assert outside_addresses(app_url, None, var=tmp_path / "ours", owner_needed=False).app_url == app_url


def test_role_that_may_create_roles_becomes_the_owner(tmp_path: Path) -> None:
    with started_servers(tmp_path / "theirs") as servers:
        assert servers.postgres
        superuser_url = servers.postgres.superuser_url
        found = outside_addresses(superuser_url, None, var=tmp_path / "ours", owner_needed=True)
        again = outside_addresses(superuser_url, None, var=tmp_path / "ours", owner_needed=True)
        assert found == again
        assert found.owner_url == superuser_url
        assert answer(found.app_url, "SELECT current_user::text") == "postgres_app"
        assert answer(found.app_url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_queue_is_ours_when_only_the_database_is_theirs(tmp_path: Path) -> None:
    with started_servers(tmp_path / "theirs") as theirs:
        outside = {"DATABASE_URL": theirs.app_url, "DATABASE_OWNER_URL": theirs.owner_url or ""}
        with started_servers(tmp_path / "ours", outside) as ours:
            assert set(ours.started) == {"file"}
            assert ours.app_url == theirs.app_url


def test_owner_alone_is_not_enough(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="Il manque DATABASE_URL"):
        outside_addresses(None, "postgres://owner@/assises", var=tmp_path, owner_needed=True)


def test_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="DATABASE_URL ne répond pas"):
        outside_addresses("postgres://me@127.0.0.1:1/assises", None, var=tmp_path, owner_needed=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_rows_follow_when_root_may_no_longer_use_a_namespace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, (_, where) = addresses(tmp_path), secrets_and_places(tmp_path)
    try:
        with started_servers(tmp_path):
            answer(found.owner_url, "CREATE TABLE kept AS SELECT 1")
        with monkeypatch.context() as patch:
            patch.setattr("assises.embedded.identity.namespace_allowed", lambda account: False)
            with started_servers(tmp_path) as servers:
                assert servers.postgres
                assert servers.postgres.identity.kind == "account"
                assert answer(found.owner_url, "SELECT count(*) FROM kept") == 1
        with started_servers(tmp_path):
            assert answer(found.owner_url, "SELECT count(*) FROM kept") == 1
    finally:
        shutil.rmtree(where.postgres_elsewhere, ignore_errors=True)
