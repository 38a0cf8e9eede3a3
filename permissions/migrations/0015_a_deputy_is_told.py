"""A deputy sees what is told to whoever is asked as a second person."""

from django.db import migrations

from permissions.rls_operations import Walled


class Migration(migrations.Migration):
    dependencies = [("permissions", "0014_releases")]

    operations = [Walled("cases_notification")]
