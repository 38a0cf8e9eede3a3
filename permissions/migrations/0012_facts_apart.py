"""The wall around the schema of facts, and around the ledger of locked quarters."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Counted, Reach, Walled

# What the lock of a quarter reads, as a job of its own.
TABLES = (
    "cases_case",
    "cases_historicalcase",
    "cases_historicalcasefacts",
    "referrals_referral",
    "referrals_referralevent",
    "statistics_quarterlock",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0011_two_cases_become_one"),
        ("statistics", "0001_facts_and_locks"),
    ]

    operations = [
        Reach(),
        *(Walled(table) for table in TABLES),
        Counted("statistics.fact"),
        Counted("statistics.rollup"),
        Audited("statistics_quarterlock", "statistics.fact", "statistics.rollup"),
    ]
