from django.db import migrations

from assises.tenancy.seal import Seal, app_role

# A meeting is as public as its consultation, once it has itself been announced.
IS_SHOWN = (
    "published_at IS NOT NULL AND EXISTS (SELECT FROM consultations_consultation c"
    " WHERE c.prefecture_id = consultations_meeting.prefecture_id AND c.id = consultation_id"
    " AND c.published_at IS NOT NULL)"
)
TO_REMIND = """
  SELECT r.prefecture_id::text AS prefecture, statement_timestamp() AS oldest, count(*) AS rows
  FROM consultations_registration r
  JOIN consultations_meeting m ON m.prefecture_id = r.prefecture_id AND m.id = r.meeting_id
  WHERE r.reminded_at IS NULL AND r.mail <> '' AND r.state IN ('confirmed', 'drawn') AND m.state = 'published'
    AND m.starts_at > statement_timestamp() AND m.starts_at <= statement_timestamp() + interval '1 day'
  GROUP BY 1
"""
TO_FORGET = """
  SELECT r.prefecture_id::text AS prefecture, statement_timestamp() AS oldest, count(*) AS rows
  FROM consultations_registration r
  JOIN consultations_meeting m ON m.prefecture_id = r.prefecture_id AND m.id = r.meeting_id
  JOIN accounts_prefecture p ON p.code = r.prefecture_id
  WHERE m.ends_at <= statement_timestamp() - interval '90 days'
    OR (r.identity <> ''
        AND (m.ends_at AT TIME ZONE p.time_zone)::date < (statement_timestamp() AT TIME ZONE p.time_zone)::date)
  GROUP BY 1
"""
FUNCTIONS = {"meetings_to_remind": TO_REMIND, "meetings_to_forget": TO_FORGET}


def make_functions(apps, schema_editor):
    """Which prefectures owe a reminder or keep names whose time is over: the sweep may know that, and nothing else."""
    for name, query in FUNCTIONS.items():
        schema_editor.execute(
            f"""
            CREATE OR REPLACE FUNCTION {name}()
            RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ {query} $$;
            REVOKE ALL ON FUNCTION {name}() FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION {name}() TO {app_role()};
            """,
            params=None,
        )


def drop_functions(apps, schema_editor):
    for name in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0007_meetings")]

    operations = [
        Seal("Meeting", "published", when=IS_SHOWN),
        Seal("MeetingInvitation", "private"),
        # The seed stays with the prefecture until it has served.
        Seal("Draw", "published", when="state = 'drawn'"),
        Seal("Registration", "private", holder="key_hash"),
        migrations.RunPython(make_functions, drop_functions),
    ]
