"""What an erasure blanks or removes, and what is forgotten as proof, with the tables that were added beside it."""

from django.db import migrations

from permissions.rls_operations import Reach, Walled

TABLES = (
    "cases_breakglass",
    "cases_case",
    "cases_casefacts",
    "cases_casegrant",
    "cases_consent",
    "cases_consentrecipient",
    "cases_disclosure",
    "cases_duplicatehint",
    "cases_duplicatetag",
    "cases_exclusion",
    "cases_historicalcase",
    "cases_historicalcasefacts",
    "cases_historicalnote",
    "cases_historicalsafeguardingbasis",
    "cases_looktext",
    "cases_note",
    "cases_notification",
    "cases_safeguardingbasis",
    "cases_withdrawal",
    "referrals_historicalquestion",
    "referrals_historicalreferral",
    "referrals_question",
    "referrals_referral",
    "referrals_referralevent",
    "rights_historicalrightsrequest",
    "rights_rightsrequest",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0009_rights_of_the_person"),
        ("rights", "0002_an_answer_is_forgotten"),
    ]

    operations = [Reach(), *(Walled(table) for table in TABLES)]
