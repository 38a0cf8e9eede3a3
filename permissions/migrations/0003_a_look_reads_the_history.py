"""Whoever looks at a case in a break-glass reads its history as well, as wall one lets them."""

from django.db import migrations

from permissions.rls_operations import Walled


class Migration(migrations.Migration):
    dependencies = [("permissions", "0002_jobs_are_asked_before_functions")]

    operations = [Walled("cases_historicalcase"), Walled("cases_historicalcasefacts")]
