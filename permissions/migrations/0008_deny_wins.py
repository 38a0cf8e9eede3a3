"""Whoever is shut out of a case does nothing with any row of it: one more policy around each table with case data."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.resealed_operations import Resealed
from permissions.rls_operations import Reach, Walled

NEW = (
    "cases_duplicatehint",
    "cases_duplicatetag",
    "cases_exclusion",
    "cases_exclusionlift",
    "cases_shutout",
)
TABLES = (
    "audit_entry",
    "cases_breakglass",
    "cases_case",
    "cases_casefacts",
    "cases_casegrant",
    "cases_consent",
    "cases_consentrecipient",
    "cases_disclosure",
    "cases_historicalbreakglass",
    "cases_historicalcase",
    "cases_historicalcasefacts",
    "cases_historicalnote",
    "cases_looktext",
    "cases_note",
    "cases_notification",
    "cases_safeguardingbasis",
    "cases_withdrawal",
    "imports_importrow",
    "referrals_historicalquestion",
    "referrals_historicalreferral",
    "referrals_question",
    "referrals_referral",
    "referrals_referralevent",
    "review_historicalreviewitem",
    "review_reviewitem",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0007_a_case_can_be_erased"),
        ("cases", "0008_somebody_may_be_shut_out"),
        ("review", "0002_an_entry_may_stand_for_two"),
    ]

    operations = [
        Reach(),
        *(Walled(table) for table in (*NEW, *TABLES)),
        Audited(*NEW),
        Resealed("cases_exclusion"),
    ]
