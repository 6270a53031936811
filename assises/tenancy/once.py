"""A migration operation for tables that many write to at once: each reference is checked once.

Beside Django's own foreign keys, `Seal` puts composite ones, (prefecture, id), which say more: every row of a table has
a prefecture, and the row it refers to has the same. Checking both locks the same row twice, for each row written. The
reference to the prefecture itself follows from that of the row which it goes through.
"""

from typing import Any

from django.db.migrations.operations.base import Operation

REDUNDANT = """
SELECT own.conname FROM pg_constraint own
WHERE own.contype = 'f' AND own.conrelid = '"{table}"'::regclass AND cardinality(own.conkey) = 1
  AND EXISTS (
    SELECT FROM pg_constraint composite
    JOIN pg_attribute tenant ON tenant.attrelid = composite.conrelid AND tenant.attname = 'prefecture_id'
    JOIN pg_attribute reference ON reference.attrelid = composite.conrelid AND reference.attnum = composite.conkey[2]
    WHERE composite.contype = 'f' AND composite.conrelid = own.conrelid AND cardinality(composite.conkey) = 2
      AND composite.conkey[1] = tenant.attnum AND tenant.attnotnull
      AND (own.conkey[1] = composite.conkey[2] OR own.conkey[1] = tenant.attnum AND reference.attnotnull)
  )
"""


class CheckOnce(Operation):
    """Drops a model's foreign keys that follow from its composite ones. After `Seal`, and after any field's change."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """In Django's eyes the references are what they were."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(
            f"""
            DO $$ DECLARE name text; BEGIN
              FOR name IN {REDUNDANT.format(table=table)} LOOP
                EXECUTE format('ALTER TABLE "{table}" DROP CONSTRAINT %I', name);
              END LOOP;
            END $$
            """,
            params=None,
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        for field in model._meta.local_concrete_fields:
            if field.remote_field and field.db_constraint:
                there = schema_editor._constraint_names(model, [field.column], foreign_key=True)
                if not there:
                    schema_editor.execute(schema_editor._create_fk_sql(model, field, "_fk_%(to_table)s_%(to_column)s"))

    def describe(self) -> str:
        return f"Check each reference of {self.model_name} once"
