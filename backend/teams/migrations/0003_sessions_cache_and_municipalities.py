"""The table of the shared cache, and the municipalities of the register."""

from django.db import migrations

from backend.reference.lists import codes

MAKE_CACHE = """
CREATE TABLE spona_cache (cache_key text PRIMARY KEY, value text NOT NULL, expires timestamptz);
CREATE INDEX spona_cache_expires ON spona_cache (expires);
"""


def load_municipalities(apps, schema_editor):
    Municipality = apps.get_model("teams", "Municipality")
    for entry in codes("municipalities").values():
        names = {"name_sr_latn": entry.labels["sr-Latn"], "name_sr_cyrl": entry.labels["sr-Cyrl"]}
        values = {**names, "district": entry.attributes["district"]}
        Municipality.objects.using(schema_editor.connection.alias).update_or_create(
            code=entry.code, defaults=values
        )


class Migration(migrations.Migration):
    dependencies = [("teams", "0002_tokens_and_spells_keep_a_history")]

    operations = [
        migrations.RunSQL(MAKE_CACHE, "DROP TABLE spona_cache"),
        migrations.RunPython(load_municipalities, migrations.RunPython.noop),
    ]
