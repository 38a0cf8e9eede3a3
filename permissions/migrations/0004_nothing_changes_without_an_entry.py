"""No change of an audited table without an entry in its transaction, whoever makes it and however."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Reach

WITH_HISTORY = (
    ("cases", "case"),
    ("cases", "casefacts"),
    ("cases", "note"),
    ("cases", "breakglass"),
    ("directory", "service"),
    ("referrals", "referral"),
    ("referrals", "question"),
    ("teams", "user"),
    ("teams", "team"),
    ("teams", "organisation"),
    ("teams", "membership"),
    ("teams", "actingspell"),
    ("teams", "memorandum"),
    ("teams", "sharingagreement"),
    ("teams", "invitation"),
    ("teams", "recovery"),
    ("teams", "machinetoken"),
)
LEDGERS = (
    "cases_casegrant",
    "cases_consent",
    "cases_consentrecipient",
    "cases_withdrawal",
    "cases_safeguardingbasis",
    "cases_disclosure",
    "cases_looktext",
    "cases_notification",
    "referrals_referralevent",
    "teams_teamgrant",
)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0003_a_look_reads_the_history"),
        ("directory", "0003_the_history_stays"),
        ("teams", "0008_histories_stay"),
    ]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT (actor_kind, id, log) ON audit_entry TO spona_reach", migrations.RunSQL.noop
        ),
        Reach(),
        Audited(*(f"{app}_{model}" for app, model in WITH_HISTORY)),
        Audited(*(f"{app}_historical{model}" for app, model in WITH_HISTORY)),
        Audited(*LEDGERS),
    ]
