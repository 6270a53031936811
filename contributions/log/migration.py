"""Migration operations that let the sweep ask which prefectures have something to seal."""

from typing import Any

from django.db.migrations.operations.base import Operation

from assises.tenancy.seal import app_role

FUNCTION = "unsealed_log_entries"
CLOSINGS = "unsigned_closings"
# An entry older than this when its consultation was last sealed was sealed then: no transaction lasts that long.
LONGEST_TRANSACTION = "interval '1 hour'"


class ListUnsealed(Operation):
    """Makes `unsealed_log_entries()`: one line a tenant, answered by the owner across all tenants."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """A function is not part of Django's state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(
            f"""
            CREATE OR REPLACE FUNCTION {FUNCTION}()
            RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT entry.prefecture_id, min(entry.recorded_at), count(*)
              FROM consultations_consultation AS consultation
              CROSS JOIN LATERAL (
                SELECT max(signed_at) AS at FROM contributions_checkpoint
                WHERE prefecture_id = consultation.prefecture_id AND consultation_id = consultation.id
              ) AS sealed
              JOIN contributions_logentry AS entry
                ON entry.prefecture_id = consultation.prefecture_id AND entry.consultation_id = consultation.id
                AND entry.recorded_at >= coalesce(sealed.at - {LONGEST_TRANSACTION}, '-infinity')
              WHERE NOT EXISTS (
                SELECT FROM contributions_leaf AS leaf
                WHERE leaf.prefecture_id = entry.prefecture_id AND leaf.entry_id = entry.id
              )
              GROUP BY 1
            $$;
            REVOKE ALL ON FUNCTION {FUNCTION}() FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION {FUNCTION}() TO {app_role()};
            """,  # noqa: S608 (names are ours)
            params=None,
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()", params=None)

    def describe(self) -> str:
        return "List the tenants with log entries to seal"


class ListClosings(Operation):
    """Also names the tenants with a consultation that has closed and whose log has no checkpoint of the closing yet."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """A function is not part of Django's state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(
            f"""
            CREATE OR REPLACE FUNCTION {CLOSINGS}()
            RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT consultation.prefecture_id, min(consultation.closes_at), count(*)
              FROM consultations_consultation AS consultation
              WHERE consultation.published_at IS NOT NULL AND consultation.closes_at <= transaction_timestamp()
                AND EXISTS (
                  SELECT FROM contributions_logentry AS entry
                  WHERE entry.prefecture_id = consultation.prefecture_id AND entry.consultation_id = consultation.id
                )
                AND NOT EXISTS (
                  SELECT FROM contributions_checkpoint AS checkpoint
                  WHERE checkpoint.prefecture_id = consultation.prefecture_id
                    AND checkpoint.consultation_id = consultation.id
                    AND checkpoint.closing_at = consultation.closes_at
                )
              GROUP BY 1
            $$;
            REVOKE ALL ON FUNCTION {CLOSINGS}() FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION {CLOSINGS}() TO {app_role()};
            """,  # noqa: S608 (names are ours)
            params=None,
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {CLOSINGS}()", params=None)

    def describe(self) -> str:
        return "List the tenants whose log has a closing to sign"
