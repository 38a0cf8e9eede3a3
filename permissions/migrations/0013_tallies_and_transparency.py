"""The wall around tallies; and the job that counts for the transparency page is let in where it counts."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Walled

TALLIES = ("statistics_servicetally", "statistics_historicalservicetally")
COUNTED = (
    "cases_breakglass",
    "cases_safeguardingbasis",
    "erasure_erasure",
    "erasure_keydestruction",
    "review_reviewitem",
    "rights_rightsrequest",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0012_facts_apart"),
        ("statistics", "0002_tallies_and_transparency"),
    ]

    operations = [
        *(Walled(table) for table in (*TALLIES, *COUNTED)),
        Audited(*TALLIES, "statistics_transparencyreport"),
    ]
