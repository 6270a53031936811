"""Nothing starts half configured, and the message names what is missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from assises.environment import Environment, celery_broker, database

PRODUCTION = {
    "SECRET_KEY": "k" * 64 + "0123456789abcdef",
    "BASE_URL": "https://concertations.exemple.invalid",
    "ALLOWED_HOSTS": "concertations.exemple.invalid",
    "DATABASE_URL": "postgres://assises_app:secret@base.invalid/assises",
    "REDIS_URL": "rediss://file.invalid/0",
    "EMAIL_URL": "smtp+starttls://courriel.invalid",
    "DEFAULT_FROM_EMAIL": "concertations@exemple.invalid",
    "METRICS_TOKEN": "jeton-de-mesure",
    "RECEIPT_SIGNING_KEY": "c2l4dGVlbi1ieXRlcy0xNnNpeHRlZW4tYnl0ZXMtMTY=",
}


def manage(*command, **environment):
    """A process of its own: settings are read once, when a process starts."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.slow
def test_without_an_environment_it_refuses_and_names_every_missing_variable():
    refused = manage("check")
    assert refused.returncode != 0
    assert all(name in refused.stderr for name in PRODUCTION)


@pytest.mark.slow
@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_each_variable_of_production_is_needed(missing):
    refused = manage("check", **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert refused.returncode != 0
    assert f"{missing} est absente" in refused.stderr


@pytest.mark.slow
def test_the_documented_production_environment_is_clean():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.slow
def test_without_https_the_deployment_check_complains():
    """The negative control: the check above can fail."""
    insecure = {**PRODUCTION, "BASE_URL": "http://concertations.exemple.invalid"}
    assert manage("check", "--deploy", "--fail-level", "WARNING", **insecure).returncode != 0


def test_the_documentation_lists_every_variable():
    text = (settings.BASE_DIR / "docs/operations.md").read_text(encoding="utf-8")
    assert [name for name in [*PRODUCTION, "DATABASE_OWNER_URL"] if f"`{name}`" not in text] == []


def test_a_database_address_may_name_a_socket():
    facts = database("postgres://moi:mot%20de%20passe@/base?host=%2Fun%20dossier%2Fsockets&sslmode=disable")
    assert facts["HOST"] == "/un dossier/sockets"
    assert (facts["USER"], facts["PASSWORD"], facts["NAME"]) == ("moi", "mot de passe", "base")
    assert facts["OPTIONS"] == {"sslmode": "disable"}


def test_a_broker_behind_a_socket_is_spelt_as_celery_wants_it():
    assert celery_broker("unix://:secret@/var/f.sock?db=2") == "redis+socket://:secret@/var/f.sock?virtual_host=2"
    assert celery_broker("redis://file/0") == "redis://file/0"


def test_what_cannot_be_read_is_named_with_what_was_expected():
    environment = Environment({"A": "peut-être", "B": "douze", "C": "mysql://x", "D": "ftp://y", "E": "c291cnQ="})
    environment.flag("A")
    environment.integer("B", 1)
    environment.database("C")
    environment.mail("D")
    environment.seed("E")
    assert [problem.split()[0] for problem in environment.problems] == ["A", "B", "C", "D", "E"]
