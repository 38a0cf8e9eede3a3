"""Re-keying may change envelopes, in ledgers and histories too, and nothing else; what does not open is told."""

from django.db import migrations

from permissions.resealed_operations import Resealed
from permissions.rls_operations import Reach, Walled

ENVELOPES = (
    "cases_case",
    "cases_casefacts",
    "cases_historicalcasefacts",
    "cases_note",
    "cases_historicalnote",
    "cases_looktext",
    "cases_consent",
    "referrals_referral",
    "referrals_historicalreferral",
    "referrals_question",
    "referrals_historicalquestion",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0005_what_is_reviewed"),
        ("cases", "0007_ledgers_may_be_erased"),
        ("referrals", "0010_a_sealed_service_counts_its_changes"),
    ]

    operations = [
        Reach(),
        *(Walled(table) for table in ENVELOPES),
        Walled("cases_notification"),
        Resealed(*ENVELOPES),
    ]
