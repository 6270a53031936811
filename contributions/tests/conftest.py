"""What several tests of contributions share."""

import pytest
from django.db import connection

from assises.tests.database import owner_connection


@pytest.fixture
def at(django_db_blocker):
    """`at(moment)`: from now on the database believes that each transaction begins then."""
    owner = owner_connection(connection.settings_dict["NAME"])
    with owner.cursor() as cursor:
        cursor.execute(
            "CREATE SCHEMA IF NOT EXISTS travel; GRANT USAGE ON SCHEMA travel TO PUBLIC;"
            "CREATE OR REPLACE FUNCTION travel.transaction_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS"
            " $$ SELECT current_setting('travel.moment')::timestamptz $$"
        )
    owner.close()

    def travel(moment):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = travel, pg_catalog, public")
            cursor.execute("SELECT set_config('travel.moment', %s, true)", [moment.isoformat()])

    return travel
