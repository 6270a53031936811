"""Many rows of one table in one statement.

They travel as one text of JSON, which the database reads many times faster than thousands of parameters.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault


def insert(rows: Sequence[Model]) -> set[Any]:
    """Writes those that are not there yet; the keys of those that were written, for a model that makes its own."""
    if not rows:
        return set()
    meta, fields = rows[0]._meta, given_in(rows[0])
    table, columns = f'"{meta.db_table}"', ", ".join(f'"{field.column}"' for field in fields)
    has_key = meta.pk in fields
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s)"  # noqa: S608
            f" ON CONFLICT DO NOTHING{f' RETURNING {meta.pk.column}' if has_key else ''}",
            [as_json(rows)],
        )
        return {key for (key,) in cursor.fetchall()} if has_key else set()


def as_json(rows: Sequence[Model]) -> str:
    """A list of rows, each with what is given of it, by the names of its columns."""
    names = [(field.column, field.attname) for field in given_in(rows[0])] if rows else []
    return json.dumps([{column: getattr(row, name) for column, name in names} for row in rows], default=in_json)


def given_in(row: Model) -> list[Field]:
    return [field for field in row._meta.concrete_fields if is_given(getattr(row, field.attname))]


def is_given(value: Any) -> bool:
    """What is not is left to the database: nothing, its default, or the next number."""
    return value is not None and not isinstance(value, DatabaseDefault)


def in_json(value: UUID | datetime | bytes) -> str:
    """As PostgreSQL reads it."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return value.isoformat() if isinstance(value, datetime) else str(value)
