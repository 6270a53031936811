from django.db import migrations, models

from assises.tenancy.seal import app_role

FUNCTION = "passings_to_add_up"


def make_function(apps, schema_editor):
    """Which prefectures have counters in several rows: the sweep may know that, and nothing else about them."""
    schema_editor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {FUNCTION}()
        RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT prefecture_id::text, statement_timestamp(), count(*) FROM (
            SELECT prefecture_id FROM consultations_passing
            GROUP BY prefecture_id, consultation_id, link_id, day, point HAVING count(*) > 1
          ) several GROUP BY 1
        $$;
        REVOKE ALL ON FUNCTION {FUNCTION}() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {FUNCTION}() TO {app_role()};
        """,  # noqa: S608 (names are ours)
        params=None,
    )


def drop_function(apps, schema_editor):
    schema_editor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_drafts_know_when_they_were_launched")]

    operations = [
        migrations.AddField(
            model_name="shortlink",
            name="invitation",
            field=models.CharField(blank=True, editable=False, max_length=43, verbose_name="clé de l’invitation"),
        ),
        migrations.RunPython(make_function, drop_function),
    ]
