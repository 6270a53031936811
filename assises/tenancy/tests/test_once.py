"""Tables that many write to check each reference once, and still let no row point elsewhere."""

import pytest
from django.db import IntegrityError, connection

from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, make_prefecture
from consultations.models import Passing
from contributions.models import Contribution, Draft, LogEntry, Statement

pytestmark = pytest.mark.django_db(transaction=True)
HOT = (Contribution, Statement, LogEntry, Draft, Passing)


def checked(model):
    """The columns of each foreign key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(a.attname::text ORDER BY a.attname <> 'prefecture_id') FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
            " WHERE c.contype = 'f' AND c.conrelid = %s::regclass GROUP BY c.oid",
            [model._meta.db_table],
        )
        return sorted(columns for (columns,) in cursor.fetchall())


@pytest.mark.parametrize("model", HOT)
def test_no_reference_is_checked_twice(model):
    found = checked(model)
    assert ["prefecture_id"] not in found
    ends = [columns[-1] for columns in found]
    assert sorted(ends) == sorted(set(ends))


@pytest.mark.parametrize("model", HOT)
def test_every_reference_is_checked(model):
    references = {f.column for f in model._meta.concrete_fields if f.remote_field} - {"prefecture_id"}
    assert {columns[-1] for columns in checked(model)} == references


@pytest.mark.parametrize("there", ["of another prefecture", "nowhere"])
def test_no_row_points_elsewhere(there):
    theirs = make_open_consultation(prefecture=make_prefecture("32"))
    number = theirs.pk if there == "of another prefecture" else 999_999
    with pytest.raises(IntegrityError), as_prefecture("02"):
        Draft.objects.create(prefecture_id="02", consultation_id=number, key_hash="a")
