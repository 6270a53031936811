from django.db import migrations

# Immutable, so that it can be indexed: the dictionary is named in full and is that of the extension.
FUNCTION = r"""
CREATE FUNCTION place_key(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    lower(public.unaccent('public.unaccent', $1)),
    '[^a-z0-9]+', ' ', 'g'), '\mst(e?)(s?)\M', 'saint\1\2', 'g'), '\ms\M', 'sur', 'g'), '\m(\d+)\s(\d{3})\M', '\1\2', 'g'))
$$;
CREATE INDEX commune_place_key ON accounts_commune (place_key(name) text_pattern_ops);
CREATE INDEX commune_place_key_alike ON accounts_commune USING gin (place_key(name) gin_trgm_ops);
"""
UNDO = """
DROP INDEX commune_place_key_alike;
DROP INDEX commune_place_key;
DROP FUNCTION place_key(text);
"""


class Migration(migrations.Migration):
    """A place as one would type it: « St etienne » and « Saint-Étienne » have the same key."""

    dependencies = [("accounts", "0003_geography"), ("tenancy", "0001_database")]

    operations = [migrations.RunSQL(FUNCTION, UNDO)]
