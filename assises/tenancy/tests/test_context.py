"""A scope lives as long as its block and its transaction, and not a moment longer."""

import pytest
from django.db import connection, transaction

from assises.tenancy.context import NOBODY, NoScopeError, Scope, as_prefecture, current, scoped, set_scope
from assises.tests.sample.models import Note


def shown():
    """The prefecture that PostgreSQL itself is told about."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('assises.prefecture', true), '')")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_block_inside_a_transaction_gives_back_what_was_shown_before():
    with as_prefecture("02"):
        with as_prefecture("03"):
            assert shown() == "03"
        assert shown() == "02"
    assert shown() is None


@pytest.mark.django_db
def test_a_setting_alone_would_outlive_its_savepoint():
    """The negative control: this is why `scoped` restores."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('assises.prefecture', '02', true)")
    assert shown() == "02"


@pytest.mark.django_db
def test_an_error_gives_back_what_was_shown_before():
    with as_prefecture("02"):
        with pytest.raises(ZeroDivisionError), as_prefecture("03"):
            raise ZeroDivisionError
        assert shown() == "02"
        assert current() == Scope("prefecture", "02")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_on_a_reused_connection():
    with as_prefecture("02"):
        Note.objects.create(prefecture_id="02", text="ici")
        backend = connection.connection.info.backend_pid
    assert connection.connection.info.backend_pid == backend
    assert shown() is None
    assert current() == NOBODY
    assert not Note.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_setting_without_local_would_leak():
    """The negative control: the same connection, the setting made for the session."""
    with as_prefecture("02"):
        Note.objects.create(prefecture_id="02", text="ici")
    with connection.cursor() as cursor:
        cursor.execute("SET assises.audience = 'prefecture'; SET assises.prefecture = '02'")
    assert Note.objects.exists()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_runs_on_commit_has_no_tenant():
    seen = []
    with as_prefecture("02"):
        transaction.on_commit(lambda: seen.append((shown(), current())))
        assert shown() == "02"
    assert seen == [(None, NOBODY)]


@pytest.mark.django_db(transaction=True)
def test_a_scope_that_nothing_would_take_back_is_refused():
    with pytest.raises(NoScopeError):
        set_scope(Scope("prefecture", "02"))


@pytest.mark.django_db(transaction=True)
def test_a_broken_transaction_does_not_hide_its_own_error():
    with pytest.raises(ZeroDivisionError), scoped(Scope("prefecture", "02")):
        transaction.set_rollback(True)
        raise ZeroDivisionError
    assert current() == NOBODY
