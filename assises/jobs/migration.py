"""The migration operation that lets the sweep ask which prefectures are owed work, and nothing else about them."""

from typing import Any

from django.db.migrations.operations.base import Operation

from assises.jobs.run import due_function
from assises.tenancy.seal import app_role


class ListDue(Operation):
    """Makes `due_<table>()`: one line a tenant with rows due, answered by the owner across all tenants."""

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """A function is not part of Django's state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        name, table = due_function(model), model._meta.db_table
        schema_editor.execute(
            f"""
            CREATE OR REPLACE FUNCTION {name}()
            RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT coalesce(prefecture_id, ''), min(due_at), count(*) FROM "{table}"
              WHERE done_at IS NULL AND given_up_at IS NULL AND due_at <= statement_timestamp() GROUP BY 1
            $$;
            REVOKE ALL ON FUNCTION {name}() FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION {name}() TO {app_role()};
            """,  # noqa: S608 (names are ours)
            params=None,
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {due_function(model)}()", params=None)

    def describe(self) -> str:
        return f"List the tenants with {self.model_name} due"
