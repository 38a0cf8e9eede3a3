"""The service adds to the history of the services, and changes nothing of it."""

from django.db import migrations

from permissions.operations import HistoryStays


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_assured"),
    ]

    operations = [
        HistoryStays("directory_historicalservice"),
    ]
