"""What nobody waits to hear travels with the next statement: BEGIN, savepoints, who is looking.

A page costs one journey to the server in place of five, a sending four in place of thirteen. The same statements
arrive in the same order. psycopg2 itself is kept in autocommit mode, so that it sends nothing of its own.
"""

import select
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from psycopg2 import InterfaceError, ProgrammingError, errors, extensions

OPENING, SAVEPOINT, SCOPE, ACT = "opening", "savepoint", "scope", "act"  # why something is said
BEGIN = (OPENING, b"BEGIN")
HEARD_LATELY = (
    15.0  # a server that answered within so many seconds and has not hung up is not asked whether it is there
)


class Connection(extensions.connection):
    """`later` is what goes with the next statement: why, and the bytes to send."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later: list[tuple[str, bytes]] = []
        self.in_transaction = self.is_apart = False
        self.heard_at = time.monotonic()
        self.autocommit = True

    @property
    def is_begun(self) -> bool:
        """Whether the server knows of the transaction."""
        return self.in_transaction and BEGIN not in self.later[:1]

    def begin(self) -> None:
        self.in_transaction, self.later = True, [BEGIN]

    def leave(self) -> None:
        """Back to one transaction a statement."""
        if self.is_begun:
            raise ProgrammingError("autocommit cannot be set inside a transaction")
        self.in_transaction, self.later = False, []

    def commit(self) -> None:
        """When nothing was said, and nothing that was put off does anything, there is nothing to commit."""
        is_needed = self.is_begun or any(why == ACT for why, _ in self.later)
        self._end([*self.taken(), b"COMMIT"] if is_needed else [])

    def rollback(self) -> None:
        self._end([b"ROLLBACK"] if self.is_begun else [])

    def _end(self, statements: Sequence[bytes]) -> None:
        """What follows is another transaction, until `leave`."""
        try:
            if statements:
                self.cursor().say(statements)
        finally:
            self.later = [BEGIN] if self.in_transaction else []

    def put_off(self, why: str, statement: str, values: Sequence[Any] | None = None) -> bytes:
        """Until the next statement. Who is looking counts as it was told last."""
        if self.closed:
            raise InterfaceError("connection already closed")
        said = self.cursor().mogrify(statement, values)
        if why == SCOPE and self.later and self.later[-1][0] == SCOPE:
            self.later.pop()
        self.later.append((why, said))
        return said

    @property
    def may_ask_apart(self) -> bool:
        return self.is_apart and BEGIN in self.later[:1] and {why for why, _ in self.later} <= {OPENING, SCOPE}

    def taken(self) -> list[bytes]:
        """What goes before the next statement. Without BEGIN they are one transaction too, which ends there."""
        if self.may_ask_apart:
            return [said for why, said in self.later if why == SCOPE]
        found, self.later = [said for _, said in self.later], []
        return found


class Cursor(extensions.cursor):
    """Says first what was put off."""

    asked: bytes | None = None

    @property
    def query(self) -> Any:
        """The statement alone, for logs and tests."""
        return super().query if self.asked is None else self.asked

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002 (its name in psycopg2)
        if self.name is not None:
            self.catch_up()
        if self.connection.later:
            self.asked = self.mogrify(query, vars)
            self._execute_after(self.connection.taken(), self.asked)
        else:
            self.asked = None
            super().execute(query, vars)
        self.connection.heard_at = time.monotonic()

    def _execute_after(self, first: list[bytes], statement: bytes) -> None:
        try:
            self.say([*first, statement])
        except errors.SyntaxError:
            # The server reads the whole before it does any of it: what comes first was not done either.
            if self.connection.info.transaction_status != extensions.TRANSACTION_STATUS_IDLE:
                raise
            self.say(first)
            self.say([statement])

    def say(self, statements: Sequence[bytes]) -> None:
        super().execute(b"; ".join(statements))

    def catch_up(self) -> None:
        """For what cannot be joined to other statements."""
        if first := self.connection.taken():
            self.connection.cursor().say(first)

    def executemany(self, *args: Any) -> None:
        self.catch_up()
        super().executemany(*args)

    def callproc(self, *args: Any) -> Any:
        self.catch_up()
        return super().callproc(*args)

    def copy_expert(self, *args: Any, **kwargs: Any) -> None:
        self.catch_up()
        super().copy_expert(*args, **kwargs)

    def copy_from(self, *args: Any, **kwargs: Any) -> None:
        self.catch_up()
        super().copy_from(*args, **kwargs)

    def copy_to(self, *args: Any, **kwargs: Any) -> None:
        self.catch_up()
        super().copy_to(*args, **kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"connection_factory": Connection, "cursor_factory": Cursor}

    def put_off(self, why: str, statement: str, values: Sequence[Any] | None = None) -> None:
        """Inside a transaction: say this with the next statement, or with COMMIT."""
        with self.wrap_database_errors:
            said = self.connection.put_off(why, statement, values)
        if self.queries_logged:
            self.queries_log.append({"sql": said.decode(), "time": "0.000"})

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A question asked before anything else was is a transaction of its own: one journey, and none to commit."""
        self.ensure_connection()
        self.connection.is_apart = True
        try:
            yield
        finally:
            self.connection.is_apart = False

    def is_usable(self) -> bool:
        """Without asking, when it was heard lately and the line is not cut: a server that goes hangs up."""
        connection = self.connection
        if connection is not None and not connection.closed and time.monotonic() - connection.heard_at < HEARD_LATELY:
            line = select.poll()
            line.register(connection.fileno(), select.POLLIN)
            if not line.poll(0):
                return True
        return super().is_usable()

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 (Django's)
        with self.wrap_database_errors:
            if autocommit:
                self.connection.leave()
            else:
                self.connection.begin()

    def _savepoint(self, sid: str) -> None:
        self.put_off(SAVEPOINT, self.ops.savepoint_create_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        self.put_off(SAVEPOINT, self.ops.savepoint_rollback_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        self.put_off(SAVEPOINT, self.ops.savepoint_commit_sql(sid))
