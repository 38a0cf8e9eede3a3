"""The service adds to the histories of people and places, and changes nothing of them."""

from django.db import migrations

from permissions.operations import HistoryStays

KEPT = (
    "team",
    "organisation",
    "user",
    "invitation",
    "machinetoken",
    "memorandum",
    "sharingagreement",
    "membership",
    "actingspell",
    "recovery",
)


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0007_a_second_person"),
    ]

    operations = [
        HistoryStays(*(f"teams_historical{name}" for name in KEPT)),
    ]
