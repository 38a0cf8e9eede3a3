"""The team stands in every foreign key, and what happened to a referral cannot be changed."""

from django.db import migrations

from permissions.operations import AppendOnly, TeamForeignKey


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("cases", "0002_teams_and_ledgers")]
    operations = [
        TeamForeignKey("referrals_referral", "case_id", "cases_case"),
        TeamForeignKey("referrals_referral", "consent_id", "cases_consent"),
        TeamForeignKey("referrals_referral", "safeguarding_basis_id", "cases_safeguardingbasis"),
        TeamForeignKey("referrals_referral", "replaces_id", "referrals_referral"),
        TeamForeignKey("referrals_referralevent", "case_id", "cases_case"),
        TeamForeignKey("referrals_referralevent", "referral_id", "referrals_referral"),
        TeamForeignKey("referrals_question", "case_id", "cases_case"),
        TeamForeignKey("referrals_question", "referral_id", "referrals_referral"),
        AppendOnly("referrals_referralevent"),
    ]
