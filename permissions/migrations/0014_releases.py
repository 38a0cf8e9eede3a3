"""The wall around releases."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Reach, Walled


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0013_tallies_and_transparency"),
        ("statistics", "0003_releases"),
    ]

    operations = [Reach(), Walled("statistics_release"), Audited("statistics_release")]
