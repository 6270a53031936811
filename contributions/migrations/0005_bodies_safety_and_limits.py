import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import assises.clock
from assises.tenancy.seal import Seal, app_role

COUNT, PURGE = "count_sending", "contributions_to_purge"
SLOTS = 8
DRAFTS_OUTLIVE, SENDINGS_OUTLIVE = "interval '7 days'", "interval '2 days'"


def make_functions(apps, schema_editor):
    """One more sending from an address this hour, and how many that makes; who has something to erase.

    Both are the owner's: a visitor counts without reading any counter, the sweep learns nothing but numbers.
    """
    role = app_role()
    schema_editor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {COUNT}(of_prefecture text, of_sender text) RETURNS bigint
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
          this_hour timestamptz := date_trunc('hour', transaction_timestamp());
        BEGIN
          INSERT INTO contributions_sending (prefecture_id, sender, hour, slot, number)
          VALUES (of_prefecture, of_sender, this_hour, floor(random() * {SLOTS}), 1)
          ON CONFLICT (prefecture_id, sender, hour, slot)
          DO UPDATE SET number = contributions_sending.number + 1;
          RETURN (
            SELECT sum(number) FROM contributions_sending
            WHERE prefecture_id = of_prefecture AND sender = of_sender AND hour = this_hour
          );
        END
        $$;
        REVOKE ALL ON FUNCTION {COUNT}(text, text) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {COUNT}(text, text) TO {role};
        CREATE OR REPLACE FUNCTION {PURGE}()
        RETURNS TABLE (prefecture text, oldest timestamptz, rows bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT owed.prefecture_id::text, min(owed.due), count(*) FROM (
            SELECT draft.prefecture_id, consultation.closes_at + {DRAFTS_OUTLIVE} AS due
            FROM contributions_draft AS draft
            JOIN consultations_consultation AS consultation
              ON consultation.prefecture_id = draft.prefecture_id AND consultation.id = draft.consultation_id
            UNION ALL
            SELECT enclosure.prefecture_id, consultation.closes_at + {DRAFTS_OUTLIVE}
            FROM contributions_enclosure AS enclosure
            JOIN consultations_consultation AS consultation
              ON consultation.prefecture_id = enclosure.prefecture_id AND consultation.id = enclosure.consultation_id
            WHERE enclosure.contact_id IS NULL
            UNION ALL
            SELECT prefecture_id, purge_on::timestamptz FROM contributions_contact
            UNION ALL
            SELECT prefecture_id, hour + {SENDINGS_OUTLIVE} FROM contributions_sending
          ) AS owed
          WHERE owed.due <= transaction_timestamp() GROUP BY 1
        $$;
        REVOKE ALL ON FUNCTION {PURGE}() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {PURGE}() TO {role};
        """,  # noqa: S608 (names are ours)
        params=None,
    )


def drop_functions(apps, schema_editor):
    schema_editor.execute(
        f"DROP FUNCTION IF EXISTS {COUNT}(text, text); DROP FUNCTION IF EXISTS {PURGE}()", params=None
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_place_key"),
        ("consultations", "0004_short_links_invite"),
        ("contributions", "0004_corrections_withdrawals_and_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=160, verbose_name="organisme")),
                (
                    "represented",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes représentées"),
                ),
                ("wants_attribution", models.BooleanField(default=False, verbose_name="souhaite être nommé")),
                ("purge_on", models.DateField(verbose_name="effacé le")),
                ("receipt_hash", models.CharField(editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "organisme",
                "verbose_name_plural": "organismes",
            },
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(editable=False, max_length=64)),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("content", models.BinaryField(verbose_name="contenu")),
                (
                    "joined_at",
                    models.DateTimeField(
                        db_default=assises.clock.TransactionNow(), editable=False, verbose_name="jointe le"
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce jointe",
                "verbose_name_plural": "pièces jointes",
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ease",
                    models.CharField(
                        choices=[("yes", "Oui"), ("partly", "Pas tout à fait"), ("no", "Non")],
                        max_length=10,
                        verbose_name="facile",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="précision")),
                ("given_on", models.DateField(verbose_name="donné le")),
            ],
            options={
                "verbose_name": "avis sur le questionnaire",
                "ordering": ["-given_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(max_length=64)),
                ("hour", models.DateTimeField()),
                ("slot", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="contribution",
            name="flags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("fast", "envoyée très vite"),
                        ("honeypot", "champ invisible rempli"),
                        ("surge", "beaucoup d’envois d’une même adresse"),
                        ("urgent", "danger ou infraction"),
                    ],
                    max_length=10,
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="begun_at",
            field=models.DateTimeField(
                db_default=assises.clock.TransactionNow(), editable=False, verbose_name="commencé le"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="body",
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name="au nom de"),
        ),
        migrations.AddField(
            model_name="draft",
            name="warned_on",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="looked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="regardé le"),
        ),
        migrations.AddField(
            model_name="statement",
            name="looked_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="withheld",
            field=models.CharField(
                blank=True,
                choices=[("personal", "données personnelles"), ("urgent", "danger ou infraction")],
                db_default="",
                max_length=10,
                verbose_name="tenu à l’écart",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(models.Q(("withheld", ""), _negated=True), ("looked_at", None)),
                fields=["prefecture", "contribution"],
                name="statement_to_be_looked_at",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="contributions.contribution"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="prefecture",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.prefecture",
                verbose_name="préfecture",
            ),
        ),
        migrations.AddField(
            model_name="enclosure",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="consultations.consultation"
            ),
        ),
        migrations.AddField(
            model_name="enclosure",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enclosures",
                to="contributions.contact",
            ),
        ),
        migrations.AddField(
            model_name="enclosure",
            name="prefecture",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.prefecture",
                verbose_name="préfecture",
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="consultations.consultation"
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="prefecture",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.prefecture",
                verbose_name="préfecture",
            ),
        ),
        migrations.AddField(
            model_name="sending",
            name="prefecture",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.prefecture",
                verbose_name="préfecture",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                fields=("prefecture", "contribution"), name="contact_is_one_a_contribution"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), _negated=True),
                name="contact_has_a_name",
                violation_error_message="Un organisme a un nom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.UniqueConstraint(fields=("prefecture", "key_hash"), name="enclosure_is_one_a_draft"),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                fields=("prefecture", "sender", "hour", "slot"), name="sending_is_counted_once"
            ),
        ),
        Seal("Statement", "private", public_inserts=True, holder="receipt_hash"),
        Seal("Contact", "private", public_inserts=True, holder="receipt_hash"),
        Seal("Enclosure", "private", public_inserts=True, holder="key_hash", holder_writes=True),
        Seal("Sending", "private"),
        Seal("Feedback", "private", public_inserts=True),
        migrations.RunPython(make_functions, drop_functions),
    ]
