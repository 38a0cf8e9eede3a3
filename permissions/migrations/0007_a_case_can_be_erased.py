"""The wall around erasures, and what an erasure may blank behind it."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Reach, Walled

BLANKED = (
    "cases_case",
    "cases_historicalcase",
    "cases_casegrant",
    "cases_casefacts",
    "cases_historicalcasefacts",
    "cases_note",
    "cases_historicalnote",
    "cases_notification",
    "cases_breakglass",
    "cases_looktext",
    "referrals_referral",
    "referrals_historicalreferral",
    "referrals_referralevent",
    "referrals_question",
    "referrals_historicalquestion",
)
FORGOTTEN = (
    "cases_consent",
    "cases_consentrecipient",
    "cases_withdrawal",
    "cases_safeguardingbasis",
    "cases_disclosure",
)
NEW = ("erasure_erasure", "erasure_keydestruction")


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0006_keys_rotate"),
        ("erasure", "0001_erasures"),
        ("cases", "0007_ledgers_may_be_erased"),
        ("referrals", "0009_events_may_be_erased"),
        ("teams", "0010_a_team_without_keys"),
    ]

    operations = [Reach(), *(Walled(table) for table in (*BLANKED, *FORGOTTEN, *NEW)), Audited(*NEW)]
