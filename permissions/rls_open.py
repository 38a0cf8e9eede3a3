"""The tables that stand outside the second wall, each with its reason. No other table may."""

from collections.abc import Mapping
from typing import Final

_TOWN: Final = (
    "who works where, and until when: what the reach is worked out from; no person in care is in it"
)
_HISTORY: Final = "the history of a table outside the wall"
_SIGN_IN: Final = "signing in, before anybody is known"
_LISTS: Final = "code lists, the same for everybody"
_LOG: Final = "the sealed log: ids of entries, hashes and signatures, shown to whoever verifies"
_LIBRARY: Final = "a library's own, without a row about a case"

OPEN: Final[Mapping[str, str]] = {
    "teams_user": _TOWN,
    "teams_municipality": _TOWN,
    "teams_team": _TOWN,
    "teams_organisation": _TOWN,
    "teams_membership": _TOWN,
    "teams_actingspell": _TOWN,
    "teams_memorandum": _TOWN,
    "teams_sharingagreement": _TOWN,
    "teams_teamgrant": "guardian's rows on teams: which group coordinates which team",
    "teams_invitation": "an open place for a worker; the link's hash alone finds it, before anybody is known",
    "teams_recovery": "the way back of a worker; the link's hash alone finds it, before anybody is known",
    "teams_machinetoken": "found by its hash, before anybody is known",
    "directory_service": "the service directory, for everybody who signs in",
    "statistics_transparencyreport": "counts that everybody may read, without signing in",
    "api_ratecounter": "counts calls of everybody, on a connection of nobody",
    "api_throttledcalls": "counts refused calls of everybody, on a connection of nobody",
    "audit_log": _LOG,
    "audit_leaf": _LOG,
    "audit_node": _LOG,
    "audit_checkpoint": _LOG,
    "audit_cosignature": _LOG,
    "audit_sealing": "how far the sealer is; nobody else reads it",
    "spona_cache": "counters of the sign-in, on a connection of nobody",
    "django_session": _SIGN_IN,
    "teams_session": _SIGN_IN,
    "account_emailaddress": _SIGN_IN,
    "account_emailconfirmation": _SIGN_IN,
    "mfa_authenticator": _SIGN_IN,
    "auth_group": "the names of guardian's groups: ids of organisations and teams",
    "auth_group_permissions": _LIBRARY,
    "auth_permission": _LIBRARY,
    "django_content_type": _LIBRARY,
    "django_migrations": _LIBRARY,
    "guardian_groupobjectpermission": "empty: grants stand in tables of their own, with a foreign key",
    "guardian_userobjectpermission": "empty: nothing is granted to a person",
}
# Histories and lists are named by what they begin with.
OPEN_PREFIXES: Final[Mapping[str, str]] = {
    "teams_historical": _HISTORY,
    "directory_historical": _HISTORY,
    "reference_": _LISTS,
}


def reason(table: str) -> str:
    """Return why a table stands outside the wall; empty for one that has no reason to."""
    found = OPEN.get(table)
    if found is not None:
        return found
    return next((why for prefix, why in OPEN_PREFIXES.items() if table.startswith(prefix)), "")
