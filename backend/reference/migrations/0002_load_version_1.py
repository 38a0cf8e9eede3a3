"""The lists of version 1 are there from the first start."""

from django.db import migrations

from backend.reference.lists import DATA, read_lists
from backend.reference.loader import load


def load_version_1(apps, schema_editor):
    load(
        read_lists(DATA.with_name("v1"), version="1"),
        lists=apps.get_model("reference", "ReferenceList"),
        entries=apps.get_model("reference", "ReferenceEntry"),
        using=schema_editor.connection.alias,
    )


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]
    operations = [migrations.RunPython(load_version_1, migrations.RunPython.noop)]
