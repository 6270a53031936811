from django.db import migrations

from assises.tenancy.once import CheckOnce

COUNT_PASSING = """
CREATE OR REPLACE FUNCTION count_passing(
  of_prefecture text, of_consultation bigint, of_link bigint, today date, at_point int
)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO consultations_passing (prefecture_id, consultation_id, link_id, day, point, number)
  VALUES (of_prefecture, of_consultation, of_link, today, at_point, 1) ON CONFLICT DO NOTHING;
END $$
"""


class Migration(migrations.Migration):
    """One more at a point of the journey; a function, so that its plan is kept from call to call."""

    dependencies = [("consultations", "0005_followers_are_forgotten")]

    operations = [
        CheckOnce("Passing"),
        migrations.RunSQL(COUNT_PASSING, "DROP FUNCTION IF EXISTS count_passing(text, bigint, bigint, date, int)"),
    ]
