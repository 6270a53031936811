"""What every visit asks is asked by functions: PostgreSQL keeps the plans of a function's statements from call to call.

Planning these under row-level security takes several times as long as running them. They run as whoever calls them, so
policies hold as before. Sequential scans are out of question, or a plan that was kept while a table was empty would
read the whole of it once it is full.
"""

from django.db import migrations

from assises.tenancy.once import CheckOnce

ASKED_NOW = """
CREATE OR REPLACE FUNCTION asked_now(of_key text, of_prefecture text, of_campaign text)
RETURNS TABLE (version bigint, moment timestamptz, prefecture_stamp text, stamp text, draft contributions_draft)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
  SELECT v.id, transaction_timestamp(), p.xmin::text, concat_ws(' ', v.xmin, c.xmin, g.xmin), d
  FROM consultations_questionnaireversion v
  JOIN consultations_consultation c ON c.id = v.consultation_id AND c.prefecture_id = v.prefecture_id
  JOIN consultations_campaign g ON g.id = c.campaign_id
  JOIN accounts_prefecture p ON p.code = v.prefecture_id
  LEFT JOIN contributions_draft d
    ON d.prefecture_id = v.prefecture_id AND d.consultation_id = c.id AND d.key_hash = of_key
  WHERE v.prefecture_id = of_prefecture AND g.slug = of_campaign AND c.published_at IS NOT NULL
  ORDER BY v.number DESC LIMIT 1;
END $$
"""
# Makes the draft, or changes who speaks in it; false when the key serves elsewhere.
BEGIN_DRAFT = """
CREATE OR REPLACE FUNCTION begin_draft(of_key text, of_prefecture text, of_consultation bigint, of_audience text)
RETURNS boolean LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  UPDATE contributions_draft d SET audience = of_audience
  WHERE d.prefecture_id = of_prefecture AND d.consultation_id = of_consultation AND d.key_hash = of_key;
  IF FOUND THEN
    RETURN true;
  END IF;
  INSERT INTO contributions_draft
    (prefecture_id, consultation_id, key_hash, audience, answers, furthest, may_publish)
  VALUES (of_prefecture, of_consultation, of_key, of_audience, '{}', 0, false) ON CONFLICT DO NOTHING;
  RETURN FOUND OR EXISTS (
    SELECT FROM contributions_draft d
    WHERE d.prefecture_id = of_prefecture AND d.consultation_id = of_consultation AND d.key_hash = of_key
  );
END $$
"""
TAKE_DRAFT = """
CREATE OR REPLACE FUNCTION take_draft(of_key text, of_prefecture text, of_consultation bigint, of_sender text)
RETURNS TABLE (taken_at timestamptz, sendings bigint, draft contributions_draft)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
  DELETE FROM contributions_draft d
  WHERE d.prefecture_id = of_prefecture AND d.consultation_id = of_consultation AND d.key_hash = of_key
  RETURNING transaction_timestamp(),
    CASE WHEN of_sender = '' THEN 0 ELSE count_sending(of_prefecture, of_sender) END, d;
END $$
"""
KEEP_ANSWERS = """
CREATE OR REPLACE FUNCTION keep_answers(
  of_key text, of_prefecture text, of_consultation bigint, names text[], said jsonb, reached int, today date
)
RETURNS boolean LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  came_by bigint;
BEGIN
  -- For the first time as far as that: counted, once.
  IF reached > 0 THEN
    UPDATE contributions_draft d
    SET answers = (d.answers - names) || said, saved_at = transaction_timestamp(), furthest = reached
    WHERE d.prefecture_id = of_prefecture AND d.consultation_id = of_consultation AND d.key_hash = of_key
      AND d.furthest < reached
    RETURNING d.link_id INTO came_by;
    IF FOUND THEN
      PERFORM count_passing(of_prefecture, of_consultation, came_by, today, reached);
      RETURN true;
    END IF;
  END IF;
  UPDATE contributions_draft d
  SET answers = (d.answers - names) || said, saved_at = transaction_timestamp()
  WHERE d.prefecture_id = of_prefecture AND d.consultation_id = of_consultation AND d.key_hash = of_key;
  RETURN FOUND;
END $$
"""
# Written once, or not at all when it was received already; the leaf and what is said go with it.
RECEIVE = """
CREATE OR REPLACE FUNCTION receive(contribution json, statements json, entries json)
RETURNS boolean LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO contributions_contribution (
    prefecture_id, id, consultation_id, version_id, channel, audience, partner_id, answers, may_publish, flags,
    submission_key, receipt_hash, salt, received_at, replaces_id, replaced_at, withdrawn_at, unquoted_at
  )
  SELECT
    prefecture_id, id, consultation_id, version_id, channel, audience, partner_id, answers, may_publish, flags,
    submission_key, receipt_hash, salt, received_at, replaces_id, replaced_at, withdrawn_at, unquoted_at
  FROM json_populate_record(NULL::contributions_contribution, contribution)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO contributions_statement (
    prefecture_id, contribution_id, theme_key, question_key, kind, position, text, withheld, looked_at, looked_by_id,
    receipt_hash
  )
  SELECT
    prefecture_id, contribution_id, theme_key, question_key, kind, position, text, withheld, looked_at, looked_by_id,
    receipt_hash
  FROM json_populate_recordset(NULL::contributions_statement, statements);
  INSERT INTO contributions_logentry (
    prefecture_id, consultation_id, contribution_id, event, leaf_hash, about, reason, acted_at, recorded_at
  )
  SELECT prefecture_id, consultation_id, contribution_id, event, leaf_hash, about, reason, acted_at, recorded_at
  FROM json_populate_recordset(NULL::contributions_logentry, entries);
  RETURN true;
END $$
"""
FUNCTIONS = {
    "asked_now(text, text, text)": ASKED_NOW,
    "begin_draft(text, text, bigint, text)": BEGIN_DRAFT,
    "take_draft(text, text, bigint, text)": TAKE_DRAFT,
    "receive(json, json, json)": RECEIVE,
    "keep_answers(text, text, bigint, text[], jsonb, int, date)": KEEP_ANSWERS,
}


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0005_bodies_safety_and_limits"),
        ("consultations", "0006_count_passing"),
    ]

    operations = [
        *(CheckOnce(model) for model in ("Contribution", "Statement", "LogEntry", "Draft")),
        *(migrations.RunSQL(made, f"DROP FUNCTION IF EXISTS {name}") for name, made in FUNCTIONS.items()),
    ]
