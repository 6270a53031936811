import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from assises.tenancy.seal import Seal, app_role

CONFIGURATION, OWING = "assises_french", "unsought_statements"
# Accents are taken away before words are reduced to their roots: who searches types them or not.
MAKE_CONFIGURATION = f"""
CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = french);
ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION}
  ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH unaccent, french_stem;
"""
# Numbers are given before rows are committed, in blocks to what comes by the thousand: hence the overlap.
OVERLAP = 20_000


def make_function(apps, schema_editor):
    """Which prefectures have statements without roots, since when (a sweep does not need to know better) and how many."""
    schema_editor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {OWING}() RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT office.code::text, transaction_timestamp(), waiting.number
          FROM accounts_prefecture AS office
          CROSS JOIN LATERAL (
            SELECT coalesce(max(statement_id), 0) AS id FROM contributions_sought WHERE prefecture_id = office.code
          ) AS last
          CROSS JOIN LATERAL (
            SELECT count(*) AS number FROM contributions_statement AS said
            WHERE said.prefecture_id = office.code AND said.id > last.id - {OVERLAP}
              AND NOT EXISTS (
                SELECT FROM contributions_sought WHERE prefecture_id = office.code AND statement_id = said.id
              )
          ) AS waiting
          WHERE waiting.number > 0
        $$;
        REVOKE ALL ON FUNCTION {OWING}() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {OWING}() TO {app_role()};
        """,  # noqa: S608 (names are ours)
        params=None,
    )


def drop_function(apps, schema_editor):
    schema_editor.execute(f"DROP FUNCTION {OWING}()")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_place_key"),
        ("consultations", "0005_followers_are_forgotten"),
        ("contributions", "0006_kept_plans"),
        ("tenancy", "0001_database"),
    ]

    operations = [
        migrations.RunSQL(MAKE_CONFIGURATION, f"DROP TEXT SEARCH CONFIGURATION {CONFIGURATION}"),
        migrations.CreateModel(
            name="Sought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("roots", django.contrib.postgres.search.SearchVectorField(verbose_name="racines")),
                (
                    "consultation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "prefecture",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.prefecture",
                        verbose_name="préfecture",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contributions.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "mots d’un passage",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["roots"], name="sought_by_roots")],
                "constraints": [
                    models.UniqueConstraint(fields=("prefecture", "statement"), name="sought_is_one_a_statement")
                ],
            },
        ),
        Seal("Sought", "private"),
        migrations.RunPython(make_function, drop_function),
    ]
