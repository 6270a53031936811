"""What holds for every table there is, asked of the database itself: a table that comes later is caught here."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from assises.tenancy.seal import is_tenant_model, tenant_foreign_keys

pytestmark = pytest.mark.django_db


def ask(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def tenant_models():
    return [model for model in apps.get_models() if is_tenant_model(model)]


def unsealed_tables():
    """Tables with a prefecture that the app role may write to and that have no policy in force."""
    sealed = {table for (table,) in ask("SELECT relname FROM pg_class WHERE relrowsecurity")}
    ruled = {table for (table,) in ask("SELECT tablename FROM pg_policies WHERE schemaname = 'public'")}
    columns = ask(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND column_name = 'prefecture_id'"
    )
    return {
        table
        for (table,) in columns
        if not (table in sealed and table in ruled)
        and ask("SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE')", table)[0][0]
    }


def test_every_table_with_a_prefecture_is_sealed_or_read_only():
    assert unsealed_tables() == set()


def test_a_table_whose_seal_was_forgotten_is_found():
    """The negative control, with a table made for it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE forgotten (prefecture_id text)")
    assert unsealed_tables() == {"forgotten"}


def test_there_are_tenant_tables_to_speak_of():
    assert {"sample_note", "accounts_membership", "outbox_outboundmail"} <= {m._meta.db_table for m in tenant_models()}


def test_every_reference_between_tenant_tables_goes_through_the_prefecture():
    constraints = {name for (name,) in ask("SELECT conname FROM pg_constraint WHERE contype = 'f'")}
    missing = [
        f"{model._meta.db_table}.{field.column}"
        for model in tenant_models()
        if model.__name__ != "Commune"  # geography: read-only, and its keys are national codes
        for field in tenant_foreign_keys(model)
        if f"{model._meta.db_table}_{field.column}_same_prefecture"[:63] not in constraints
    ]
    assert missing == []


def test_every_unique_rule_of_a_tenant_table_includes_the_prefecture():
    """Otherwise a refusal reveals that a row exists elsewhere. Random identifiers reveal nothing."""
    random_identifiers = {"outbox_outboundmail.message_id"}
    revealing = {
        f"{model._meta.db_table}.{field.column}"
        for model in tenant_models()
        for field in model._meta.local_concrete_fields
        if field.unique and not field.primary_key and not model.__name__.endswith("Event")
    }
    rules = {
        f"{model._meta.db_table}:{rule.name}"
        for model in tenant_models()
        for rule in model._meta.constraints
        if rule.__class__.__name__ == "UniqueConstraint"
        and "prefecture" not in {*rule.fields, *(str(e) for e in rule.expressions), *names_in(rule)}
    }
    assert revealing - random_identifiers == set()
    assert rules == set()


def names_in(rule):
    return {getattr(expression, "name", "") for expression in rule.expressions}


def test_the_app_role_owns_nothing_and_stands_above_nothing():
    role = ask("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user")
    assert role == [(False, False, False, False)]
    owned = ask(
        "SELECT relname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner"
        " WHERE rolname = current_user AND relpersistence <> 't'"
    )
    assert owned == []
    owner_of_all = (
        "SELECT pg_has_role(current_user, datdba, 'MEMBER') FROM pg_database WHERE datname = current_database()"
    )
    assert ask(owner_of_all) == [(False,)]


@pytest.mark.parametrize(
    "act",
    [
        "TRUNCATE sample_note",
        "ALTER TABLE sample_note DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_rows ON sample_note",
        "CREATE TABLE mine (x int)",
        "SET ROLE assises_owner",
        "UPDATE accounts_commune SET name = 'Autre'",
        "DELETE FROM accounts_prefecture",
    ],
)
def test_the_app_role_cannot(act):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
            changed = cursor.rowcount
    except ProgrammingError as error:
        assert "permission denied" in str(error) or "must be owner" in str(error)  # noqa: PT017
    else:
        assert changed == 0
