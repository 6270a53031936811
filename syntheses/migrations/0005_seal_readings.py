from django.db import migrations

from assises.jobs.migration import ListDue
from assises.tenancy.once import CheckOnce
from assises.tenancy.seal import Seal, app_role

# Consultations with something that no run has read, and since when: all that a sweep may know of other prefectures. An
# entry that was on its way while the last run read is found by counting those of the hour before: no transaction lasts
# longer. A consultation that has closed, or about which people decided something, is read once more as a whole.
UNREAD = """
CREATE FUNCTION unread_consultations() RETURNS TABLE (prefecture text, consultation bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.prefecture_id, c.id, coalesce(news.at, transaction_timestamp())
  FROM consultations_consultation AS c
  LEFT JOIN LATERAL (
    SELECT read_until, recent FROM syntheses_analysis
    WHERE prefecture_id = c.prefecture_id AND consultation_id = c.id AND done_at IS NOT NULL
    ORDER BY read_until DESC LIMIT 1
  ) AS last ON true
  LEFT JOIN LATERAL (
    SELECT max(read_until) AS until FROM syntheses_analysis
    WHERE prefecture_id = c.prefecture_id AND consultation_id = c.id AND done_at IS NOT NULL AND extent = 'whole'
  ) AS whole ON true
  CROSS JOIN LATERAL (
    SELECT min(recorded_at) AS at FROM contributions_logentry
    WHERE prefecture_id = c.prefecture_id AND consultation_id = c.id
      AND recorded_at > coalesce(last.read_until, '-infinity')
  ) AS news
  CROSS JOIN LATERAL (
    SELECT count(*) AS number FROM contributions_logentry
    WHERE prefecture_id = c.prefecture_id AND consultation_id = c.id
      AND recorded_at > last.read_until - interval '1 hour' AND recorded_at <= last.read_until
  ) AS overlap
  WHERE c.published_at IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM syntheses_analysis
      WHERE prefecture_id = c.prefecture_id AND consultation_id = c.id AND done_at IS NULL AND given_up_at IS NULL
    )
    AND (
      news.at IS NOT NULL
      OR overlap.number > last.recent
      OR (
        whole.until < c.closes_at + interval '30 seconds'
        AND c.closes_at <= transaction_timestamp() - interval '30 seconds'
      )
      OR EXISTS (
        SELECT FROM syntheses_decision
        WHERE prefecture_id = c.prefecture_id AND consultation_id = c.id AND at > whole.until
      )
    )
$$;
REVOKE ALL ON FUNCTION unread_consultations() FROM PUBLIC;
"""


def grant(apps, schema_editor):
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION unread_consultations() TO {app_role()}")


class Migration(migrations.Migration):
    dependencies = [
        ("syntheses", "0004_readings_and_decisions"),
        ("contributions", "0005_bodies_safety_and_limits"),
        ("consultations", "0002_seal"),
    ]

    operations = [
        Seal("Analysis", "private"),
        ListDue("Analysis"),
        Seal("Reading", "private"),
        Seal("Echo", "private"),
        Seal("Idea", "private"),
        Seal("Grouping", "private"),
        Seal("GroupingEvent", "private", append_only=True),
        Seal("Decision", "private"),
        Seal("DecisionEvent", "private", append_only=True),
        # The ministry sees how many, never a cell so small that somebody could be recognised in it.
        Seal("Tally", "private", ministry_reads="about IN ('state', 'channel', 'theme') OR number >= 5"),
        CheckOnce("Reading"),  # one is written for each passage
        migrations.RunSQL(UNREAD, "DROP FUNCTION unread_consultations()"),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
