"""The wall around requests of the person and the history of legal exceptions; the job that reads for an export."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Reach, Walled

TABLES = (
    "cases_case",
    "cases_safeguardingbasis",
    "cases_historicalsafeguardingbasis",
    "cases_disclosure",
    "cases_looktext",
    "cases_notification",
    "rights_rightsrequest",
    "rights_historicalrightsrequest",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0008_deny_wins"),
        ("cases", "0009_safeguarding_keeps_a_history"),
        ("rights", "0001_requests_of_the_person"),
    ]

    operations = [
        Reach(),
        *(Walled(table) for table in TABLES),
        Audited(
            "cases_historicalsafeguardingbasis", "rights_rightsrequest", "rights_historicalrightsrequest"
        ),
    ]
