"""The wall around what is reviewed; a coordinator reads who did what with the team's cases, a job what it picks from."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Reach, Walled

TABLES = (
    "audit_entry",
    "cases_case",
    "cases_note",
    "cases_consent",
    "cases_breakglass",
    "referrals_referral",
    "review_reviewitem",
    "review_historicalreviewitem",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0004_nothing_changes_without_an_entry"),
        ("review", "0001_what_is_reviewed"),
        ("referrals", "0008_sides_belong_to_a_team"),
    ]

    operations = [
        Reach(),
        *(Walled(table) for table in TABLES),
        Audited("review_reviewitem", "review_historicalreviewitem"),
    ]
