from django.db import migrations

from assises.tenancy.seal import app_role

FUNCTION = "followers_to_forget"


def make_function(apps, schema_editor):
    """Which prefectures keep addresses whose time is over: the sweep may know that, and nothing else about them."""
    schema_editor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {FUNCTION}()
        RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT f.prefecture_id::text, statement_timestamp(), count(*)
          FROM consultations_follower f
          JOIN consultations_consultation c ON c.prefecture_id = f.prefecture_id AND c.id = f.consultation_id
          WHERE (f.confirmed_at IS NULL AND f.asked_at < statement_timestamp() - interval '7 days')
            OR c.closes_at < statement_timestamp() - interval '1 year'
          GROUP BY 1
        $$;
        REVOKE ALL ON FUNCTION {FUNCTION}() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {FUNCTION}() TO {app_role()};
        """,  # noqa: S608 (names are ours)
        params=None,
    )


def drop_function(apps, schema_editor):
    schema_editor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_short_links_invite")]

    operations = [migrations.RunPython(make_function, drop_function)]
