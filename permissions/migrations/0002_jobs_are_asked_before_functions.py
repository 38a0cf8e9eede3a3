"""The walls again: a job is asked for before any function is asked about a row, and the sealer reads every entry."""

from django.db import migrations

from permissions.rls_operations import Walled

TABLES = (
    "cases_case",
    "cases_historicalcase",
    "cases_casegrant",
    "cases_casefacts",
    "cases_historicalcasefacts",
    "cases_consent",
    "cases_consentrecipient",
    "cases_withdrawal",
    "cases_safeguardingbasis",
    "cases_disclosure",
    "cases_notification",
    "cases_breakglass",
    "referrals_referral",
    "referrals_historicalreferral",
    "referrals_referralevent",
    "referrals_question",
    "imports_importrun",
    "imports_importrow",
    "audit_entry",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0001_the_second_wall"),
        ("audit", "0004_a_sealed_log"),
        ("cases", "0006_break_glass"),
        ("referrals", "0008_sides_belong_to_a_team"),
        ("imports", "0003_several_tables"),
    ]

    operations = [Walled(table) for table in TABLES]
