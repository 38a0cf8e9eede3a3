"""The team stands in every foreign key, and the ledgers cannot be changed."""

from django.db import migrations

from permissions.operations import AppendOnly, TeamForeignKey

OF_CASE = (
    "casefacts",
    "note",
    "consent",
    "consentrecipient",
    "withdrawal",
    "safeguardingbasis",
    "disclosure",
)
OF_CONSENT = ("consentrecipient", "withdrawal", "disclosure")
LEDGERS = ("consent", "consentrecipient", "withdrawal", "disclosure")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        TeamForeignKey("cases_casegrant", "case_id", "cases_case"),
        *(TeamForeignKey(f"cases_{table}", "case_id", "cases_case") for table in OF_CASE),
        *(TeamForeignKey(f"cases_{table}", "consent_id", "cases_consent") for table in OF_CONSENT),
        TeamForeignKey("cases_disclosure", "safeguarding_basis_id", "cases_safeguardingbasis"),
        *(AppendOnly(f"cases_{table}") for table in LEDGERS),
    ]
