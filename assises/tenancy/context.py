"""Who is looking, at which prefecture's rows: set per transaction, read by the row-level policies.

PostgreSQL forgets a `LOCAL` setting when the transaction ends, so nothing can leak through a pooled connection. Inside
an outer transaction it would outlive its savepoint, which is why `scoped` puts the former value back.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from assises.postgres.base import SCOPE

PUBLIC = "public"
PREFECTURE = "prefecture"
MINISTRY = "ministry"

TELLING = (
    "SELECT set_config('assises.audience', %s, true), set_config('assises.prefecture', %s, true),"
    " set_config('assises.person', %s, true), set_config('assises.holder', %s, true)"
)


@dataclass(frozen=True)
class Scope:
    """What the database may show: an audience, one prefecture's code, one person's id, the hash of a code they hold."""

    audience: str = ""
    prefecture: str = ""
    person: str = ""
    holder: str = ""


NOBODY = Scope()


def current(using: str = DEFAULT_DB_ALIAS) -> Scope:
    """The scope of the innermost `scoped` block."""
    connection = connections[using]
    return getattr(connection, "assises_scope", None) or NOBODY if connection.in_atomic_block else NOBODY


def set_scope(scope: Scope, using: str = DEFAULT_DB_ALIAS) -> None:
    """Show the rest of the innermost `scoped` block to another scope."""
    connection = connections[using]
    if getattr(connection, "assises_scope", None) is None:
        raise NoScopeError("A scope lives in a scoped() block, which takes it back.")
    _tell(scope, connection)


def _tell(scope: Scope, connection: Any) -> None:
    connection.put_off(SCOPE, TELLING, [scope.audience, scope.prefecture, scope.person, scope.holder])
    connection.assises_scope = scope


@contextmanager
def scoped(scope: Scope, using: str = DEFAULT_DB_ALIAS, *, savepoint: bool = True) -> Iterator[None]:
    """A transaction (or savepoint) shown to `scope`. Without a savepoint, a failure undoes the enclosing block."""
    connection = connections[using]
    before = getattr(connection, "assises_scope", None)
    is_told_already = scope == NOBODY and not connection.in_atomic_block
    try:
        with transaction.atomic(using=using, savepoint=savepoint):
            if is_told_already:
                connection.assises_scope = scope
            else:
                _tell(scope, connection)
            yield
    finally:
        if connection.in_atomic_block and not connection.needs_rollback:
            _tell(before or NOBODY, connection)
        connection.assises_scope = before


def as_public(using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[None]:
    """What anyone may see: published rows of every prefecture."""
    return scoped(Scope(PUBLIC), using)


def as_prefecture(prefecture: Any, using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[None]:
    """What the staff of one prefecture may see; takes the prefecture or its code."""
    return scoped(Scope(PREFECTURE, getattr(prefecture, "pk", prefecture)), using)


def as_ministry(using: str = DEFAULT_DB_ALIAS) -> AbstractContextManager[None]:
    """What the ministry may see: its own rows and what was transmitted to it."""
    return scoped(Scope(MINISTRY), using)


class NoScopeError(RuntimeError):
    """A scope was set where nothing would take it back."""
