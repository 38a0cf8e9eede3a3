"""Which tables nothing changes in without an audit entry in the same transaction: the database asks for it at COMMIT.

The services write their entries by themselves; this is for what walks past them: a queryset's update, raw SQL, psql.
It is refused; to a superuser, who could take the triggers off, it happens and is written down (`spona.entry_needed`).
A restore, which says `session_replication_role = replica`, is not asked. A new model needs its line here, and its
migration the operation `audited_operations.Audited`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

# Models that are saved in acts only. Each has a history beside it, which is audited with it.
WITH_HISTORY: Final = (
    "cases_case",
    "cases_casefacts",
    "cases_note",
    "cases_breakglass",
    "cases_safeguardingbasis",
    "directory_service",
    "referrals_referral",
    "referrals_question",
    "review_reviewitem",
    "rights_rightsrequest",
    "statistics_servicetally",
    "teams_user",
    "teams_team",
    "teams_organisation",
    "teams_membership",
    "teams_actingspell",
    "teams_memorandum",
    "teams_sharingagreement",
    "teams_invitation",
    "teams_recovery",
    "teams_machinetoken",
)
# What is added in acts and has no history, because it is one; and the grants.
LEDGERS: Final = (
    "cases_casegrant",
    "cases_consent",
    "cases_consentrecipient",
    "cases_withdrawal",
    "cases_disclosure",
    "cases_duplicatehint",
    "cases_duplicatetag",
    "cases_exclusion",
    "cases_exclusionlift",
    "cases_shutout",
    "cases_looktext",
    "cases_merge",
    "cases_notification",
    "erasure_erasure",
    "erasure_keydestruction",
    "referrals_referralevent",
    "statistics_quarterlock",
    "statistics_transparencyreport",
    "statistics_release",
    "statistics.fact",
    "statistics.rollup",
    "teams_teamgrant",
)
_SIGN_IN: Final = "signing in has entries of its own, and most of its rows change without an act"
_LIBRARY: Final = "a library's own, without a row about a case or a right"
_COUNTER: Final = "counts and remembers requests"
_LISTS: Final = "code lists, loaded at the server"
_LOG: Final = "the audit itself"
# The tables that change without an entry, each with its reason.
WITHOUT: Final[Mapping[str, str]] = {
    "teams_municipality": "the list of municipalities, loaded with the installation",
    "imports_importrun": "how far an upload is; beginning and end are acts, and so is each case it makes",
    "imports_importrow": "what became of each row of an upload, written as the run goes on",
    "reference_referencelist": _LISTS,
    "reference_referenceentry": _LISTS,
    "reference_switched": _LISTS,
    "api_ratecounter": _COUNTER,
    "api_throttledcalls": _COUNTER,
    "api_idempotencyrecord": _COUNTER,
    "spona_cache": _COUNTER,
    "django_session": _SIGN_IN,
    "teams_session": _SIGN_IN,
    "account_emailaddress": _SIGN_IN,
    "account_emailconfirmation": _SIGN_IN,
    "mfa_authenticator": _SIGN_IN,
    "auth_group": "the names of guardian's groups: ids of organisations and teams",
    "auth_group_permissions": _LIBRARY,
    "auth_permission": _LIBRARY,
    "django_content_type": _LIBRARY,
    "guardian_groupobjectpermission": _LIBRARY,
    "guardian_userobjectpermission": _LIBRARY,
    "audit_entry": _LOG,
    "audit_log": _LOG,
    "audit_leaf": _LOG,
    "audit_node": _LOG,
    "audit_checkpoint": _LOG,
    "audit_cosignature": _LOG,
    "audit_sealing": _LOG,
    "encryption_wrappedkey": "stands in the keys database",
    "encryption_rootgeneration": "stands in the keys database",
    "encryption_erasedowner": "stands in the keys database",
}
NEEDED, KEPT = "entry_needed", "table_kept"


def history_of(table: str) -> str:
    """Return the name of the history beside a table, as simple-history gives it."""
    app, _, model = table.partition("_")
    return f"{app}_historical{model}"


def tables() -> Iterator[str]:
    """Yield every audited table, the histories included."""
    for table in WITH_HISTORY:
        yield table
        yield history_of(table)
    yield from LEDGERS


def triggers(table: str) -> tuple[tuple[str, str], ...]:
    """Return the triggers of an audited table, as (table, name)."""
    return (table, NEEDED), (table, KEPT)


def attach(table: str) -> str:
    """Return the statements that put the triggers on a table, whatever stood there before."""
    return f"""
    DROP TRIGGER IF EXISTS {NEEDED} ON {table};
    CREATE CONSTRAINT TRIGGER {NEEDED} AFTER INSERT OR UPDATE OR DELETE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spona.entry_needed();
    CREATE OR REPLACE TRIGGER {KEPT} BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION spona.table_stays();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER {KEPT};
    """


def detach(table: str) -> str:
    """Return the statements that take the triggers off."""
    return f"DROP TRIGGER IF EXISTS {NEEDED} ON {table}; DROP TRIGGER IF EXISTS {KEPT} ON {table};"
