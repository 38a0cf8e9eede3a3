"""The team stands in the foreign key of each row."""

from django.db import migrations

from permissions.operations import TeamForeignKey


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]
    operations = [TeamForeignKey("imports_importrow", "run_id", "imports_importrun")]
