"""The tests' database: migrated by the owner role, used as the app role, as in production.

Migrating takes seconds and is the same every time: it is done once into a template, named after what was migrated, and
each run (each worker) copies it. Transaction tests copy it again afterwards: a flush would also erase geography, and
the app role may not truncate.
"""

import hashlib
import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg2.errors import InsufficientPrivilege, ObjectInUse

MIGRATION_LOCK = 20200127
DROPS = 50
OPERATIONS = (
    "assises.tenancy.seal",
    "assises.tenancy.once",
    "assises.jobs.migration",
    "assises.tenancy.management.commands.migrate",
    "contributions.log.migration",
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: owner migrates, app tests."""
    TransactionTestCase._fixture_teardown = lambda _: fresh_copy()
    with django_db_blocker.unblock():
        make_template()
        name = f"test_assises_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}"
        copy_template(name)
        point_connections_at(name)
        yield
        for connection in connections.all(initialized_only=True):
            connection.close()
        drop(name)


def fresh_copy() -> None:
    name = connections["default"].settings_dict["NAME"]
    for connection in connections.all(initialized_only=True):
        connection.close()
    copy_template(name)
    forget_rows()


def forget_rows() -> None:
    """What this process keeps of rows: in the new copy the same numbers may stand for others."""
    from assises.accounts import kept
    from contributions import open_draft
    from contributions.page import step

    for rows in (kept.KEPT, open_draft.KEPT, step.KEPT.pages):
        rows.clear()


def template_name() -> str:
    """Changes with any migration, the data they load and the operations they use."""
    seen = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            seen.update(path.read_bytes())
    for module in OPERATIONS:
        seen.update(Path(importlib.import_module(module).__file__ or "").read_bytes())
    for path in sorted(Path(settings.BASE_DIR, "assises/accounts/geography").glob("*.csv")):
        seen.update(path.read_bytes())
    return f"assises_template_{seen.hexdigest()[:16]}"


def make_template() -> None:
    name = template_name()
    with maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s AND datistemplate", [name])
        if cursor.fetchone()[0]:
            return
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
        point_connections_at(name)
        call_command("migrate", verbosity=0)
        for connection in connections.all(initialized_only=True):
            connection.close()
        cursor.execute(f'ALTER DATABASE "{name}" WITH IS_TEMPLATE true')


def copy_template(name: str) -> None:
    drop(name)
    run_as_owner(f'CREATE DATABASE "{name}" TEMPLATE "{template_name()}"')


def drop(name: str) -> None:
    """A thread of a test that has just ended may connect again, or take its time to leave: then once more."""
    for patience in range(DROPS, -1, -1):
        disconnect_everyone(name)
        try:
            run_as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except (InsufficientPrivilege, ObjectInUse):
            if not patience:
                raise
            sleep(0.1)
        else:
            return


def disconnect_everyone(name: str) -> None:
    """Only the app role may end what was begun as the app role; each is given a second to be gone."""
    connection = connection_as("default", "postgres")
    connection.cursor().execute(
        "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
        [name],
    )
    connection.close()


def run_as_owner(*statements: str) -> None:
    with maintenance() as cursor:
        for statement in statements:
            cursor.execute(statement)


class maintenance:  # noqa: N801 (reads as a verb: with maintenance() as cursor)
    """The owner, in a database that is nobody's."""

    def __enter__(self) -> Any:
        self.connection = owner_connection("postgres")
        return self.connection.cursor()

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def owner_connection(database: str) -> Any:
    """A connection of our own as the owner, outside Django's bookkeeping."""
    return connection_as("owner", database)


def connection_as(alias: str, database: str) -> Any:
    facts = settings.DATABASES[alias]
    connection = psycopg2.connect(
        dbname=database, user=facts["USER"], password=facts["PASSWORD"], host=facts["HOST"], port=facts["PORT"] or None
    )
    connection.autocommit = True
    return connection


def point_connections_at(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name
