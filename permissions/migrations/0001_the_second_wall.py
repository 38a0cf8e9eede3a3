"""Row level security around every table with case data, the audit included."""

from django.db import migrations

from permissions.rls_operations import Reach, Walled

TABLES = (
    "cases_case",
    "cases_historicalcase",
    "cases_casegrant",
    "cases_casefacts",
    "cases_historicalcasefacts",
    "cases_note",
    "cases_historicalnote",
    "cases_consent",
    "cases_consentrecipient",
    "cases_withdrawal",
    "cases_safeguardingbasis",
    "cases_disclosure",
    "cases_notification",
    "cases_breakglass",
    "cases_historicalbreakglass",
    "cases_looktext",
    "referrals_referral",
    "referrals_historicalreferral",
    "referrals_referralevent",
    "referrals_question",
    "referrals_historicalquestion",
    "imports_importrun",
    "imports_importrow",
    "api_idempotencyrecord",
    "audit_entry",
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("audit", "0002_append_only"),
        ("teams", "0003_sessions_cache_and_municipalities"),
        ("cases", "0006_break_glass"),
        ("referrals", "0006_find_what_awaits"),
        ("imports", "0003_several_tables"),
        ("api", "0001_initial"),
    ]

    operations = [Reach(), *(Walled(table) for table in TABLES)]
