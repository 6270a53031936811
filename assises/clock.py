"""The one clock that decides: the database's, as it was when the transaction began."""

from datetime import datetime

from django.db import connection
from django.db.models import DateTimeField, Func


class TransactionNow(Func):
    """In a query. Django's own `Now` is the statement's moment, which may fall after the deadline that was checked."""

    template = "transaction_timestamp()"
    output_field = DateTimeField()


def now() -> datetime:
    """The moment at which the running transaction began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cursor.fetchone()[0]
