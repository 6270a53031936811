from django.db import migrations

from assises.tenancy.seal import app_role

PLAIN = 80
SEARCH = "search_readings(bigint, text, text, text, text, text, text, integer)"


def plain(text):
    """As `contributions.words_sought` fills the index."""
    return f"regexp_replace({text}, '[éeÉE][eE][sS]?\\M', 'e', 'g')"


# Inside a quoted statement.
PASSAGE = plain('substr(said.text, one.start + 1, one."end" - one.start)').replace("'", "''")


def make_function(apps, schema_editor):
    """Passages whose words are sought, the best first. Under row-level security no full-text index would be used: the

    function is the owner's, and shows a prefecture its own passages and nobody anything else. What is not asked for is
    not part of the statement, which is planned anew each time.
    """
    schema_editor.execute(
        f"""
        CREATE OR REPLACE FUNCTION search_readings(
          of_consultation bigint, words text, of_theme text, of_kind text, of_channel text, of_audience text,
          of_state text, most integer
        ) RETURNS TABLE (reading bigint)
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
          tenant text := nullif(current_setting('assises.prefecture', true), '');
          sought tsquery := websearch_to_tsquery('assises_french', {plain("words")});
          here tsquery := quote_literal('consultation:' || of_consultation)::tsquery;
          -- Of a long text only the passages that hold one of the words.
          any_of tsquery := CASE
            WHEN sought::text LIKE '%!%' THEN sought ELSE replace(sought::text, ' & ', ' | ')::tsquery
          END;
        BEGIN
          IF current_setting('assises.audience', true) IS DISTINCT FROM 'prefecture' OR tenant IS NULL
            OR numnode(sought) = 0 THEN
            RETURN;
          END IF;
          RETURN QUERY EXECUTE
            'SELECT found.reading FROM (
               SELECT one.id AS reading, ts_rank(held.roots, $1) AS rank
               FROM contributions_sought AS held
               JOIN syntheses_reading AS one
                 ON one.prefecture_id = held.prefecture_id AND one.statement_id = held.statement_id
               JOIN contributions_statement AS said ON said.id = one.statement_id
             ' || CASE WHEN of_channel <> '' OR of_audience <> '' THEN
                 ' JOIN contributions_contribution AS act ON act.id = said.contribution_id ' ELSE '' END || '
               WHERE held.roots @@ ($1 && $2) AND held.prefecture_id = $3 AND one.prefecture_id = $3
                 AND held.consultation_id = $4 AND one.consultation_id = $4
                 AND (
                   one.start = 0 AND one."end" >= length(said.text)
                   OR to_tsvector(''assises_french'', {PASSAGE}) @@ $5
                 )
             ' || CASE WHEN of_theme IS NULL THEN '' ELSE ' AND one.theme_key = $6 ' END
               || CASE WHEN of_kind = '' THEN '' ELSE ' AND one.kind = $7 ' END
               || CASE WHEN of_channel = '' THEN '' ELSE
                    ' AND act.channel = $8 AND act.audience <> ''forces'' ' END
               || CASE WHEN of_audience = '' THEN '' ELSE ' AND act.audience = $9 ' END
               || CASE of_state
                    WHEN 'decides' THEN ' AND (one.by_theme OR one.by_kind OR one.by_group) '
                    WHEN 'a-relire' THEN ' AND one.teaches > 0 AND one.sure < {PLAIN} '
                    WHEN 'seuls' THEN ' AND one.idea_key = '''' '
                    WHEN 'repris' THEN ' AND one.echo_key <> '''' '
                    ELSE ''
                  END
               || ' LIMIT $10) AS found ORDER BY found.rank DESC, found.reading'
            USING sought, here, tenant, of_consultation, any_of, of_theme, of_kind, of_channel, of_audience, most;
        END
        $$;
        REVOKE ALL ON FUNCTION {SEARCH} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {SEARCH} TO {app_role()};
        """,  # noqa: S608 (names are ours)
        params=None,
    )


def drop_function(apps, schema_editor):
    schema_editor.execute(f"DROP FUNCTION {SEARCH}")


class Migration(migrations.Migration):
    dependencies = [("syntheses", "0005_seal_readings"), ("contributions", "0007_words_sought")]

    operations = [migrations.RunPython(make_function, drop_function)]
