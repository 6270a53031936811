from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

CACHE_TABLE = """
CREATE TABLE assises_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL
);
CREATE INDEX assises_cache_expires ON assises_cache (expires);
"""


class Migration(migrations.Migration):
    """What every table may lean on: search without accents, and the table behind Django's cache."""

    initial = True

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CACHE_TABLE, "DROP TABLE assises_cache"),
    ]
