from django.db import migrations

from assises.tenancy.seal import app_role

# The only thing about a synthesis that everybody may know: the day on which it reached the ministry and was not returned.
FUNCTION = """
CREATE FUNCTION synthesis_transmitted_at(consultation bigint) RETURNS timestamptz
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.transmitted_at FROM syntheses_synthesis s
  JOIN consultations_consultation c ON c.id = s.consultation_id
  WHERE s.consultation_id = consultation AND s.state IN ('transmitted', 'acknowledged')
  AND c.state = 'published'
$$;
REVOKE ALL ON FUNCTION synthesis_transmitted_at(bigint) FROM PUBLIC;
"""


def grant(apps, schema_editor):
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION synthesis_transmitted_at(bigint) TO {app_role()}")


class Migration(migrations.Migration):
    dependencies = [("syntheses", "0002_seal"), ("consultations", "0002_seal")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION synthesis_transmitted_at(bigint)"),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
