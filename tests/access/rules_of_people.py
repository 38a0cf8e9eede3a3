"""The rules of every operation on people, places, tokens, imports and the directory, and of those that are open."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from backend.reference.working_days import BELGRADE
from tests.access.reach import SIGNED_IN
from tests.access.rules import GIVES, VIEWS, Rule, adding, below, listing, on, public

SEES: Final = "directory.view"
OFFICE: Final = "memorandum.manage"
VERIFIES: Final = "audit.verify"
ISSUES: Final = "token.issue"
# Whoever is asked to confirm sees what waits, and need not give roles or issue tokens.
ASKED: Final = "account.disable"
AUDIT: Final = "audit.view"
PUBLISHED: Final = "statistics.public"
ACTOR: Final = {"actor": "user"}
FIGURES: Final = "statistics.team"
TALLIES: Final = "service_tally.record"
TALLY: Final = {
    "team": "@team", "service": "@service", "item": "contacts", "month": f"{datetime.now(BELGRADE):%Y-%m}", "amount": 1,
}  # fmt: skip
HEARS: Final = ("referral.preview", "breakglass.review")

RULES_OF_PEOPLE: Final[Mapping[str, Rule]] = {
    "me_retrieve": Rule(SIGNED_IN),
    "me_update": Rule(SIGNED_IN, body={"language": "en"}),
    "me_draft_key": Rule(SIGNED_IN, people_only=True),
    "me_sign_out_everywhere": Rule(SIGNED_IN, body={}),
    "me_account_events_list": Rule(SIGNED_IN, people_only=True),
    "me_sessions_list": Rule(SIGNED_IN, people_only=True),
    "me_sessions_end": on("session", SIGNED_IN, {}),
    "me_sessions_end_others": Rule(SIGNED_IN, body={}),
    "guard_check": Rule("guard.check", body={"text": "Dolazi utorkom."}),
    "inbox_retrieve": Rule(SIGNED_IN, shows="referral"),
    "notifications_list": listing("notification", HEARS),
    "notifications_read": on("notification", HEARS, {}),
    "teams_list": listing("team", SEES),
    "teams_create": adding("team.create", {"slug": "?"}),
    "teams_retrieve": on("team", SEES),
    "organisations_list": listing("organisation", SEES),
    "organisations_create": adding("organisation.manage", {"name": "?", "sector": "?"}),
    "organisations_retrieve": on("organisation", SEES),
    "organisations_update": on("organisation", "organisation.manage", {"phone": "1"}),
    "services_list": listing("service", SEES),
    "services_create": adding("directory.edit", {"organisation": "@organisation", "code": "HR-OUT"}),
    "services_retrieve": on("service", SEES),
    "services_update": on("service", "directory.edit", {"name": "?"}),
    "services_capacity": on("service", "capacity.update", {"free": 1}),
    "services_assure": on("service", "directory.assure", {}),
    "members_list": listing("member", VIEWS),
    "members_create": adding(
        GIVES, {"username": "@person", "role": "member", "team": "@team", "organisation": "@organisation"}
    ),
    "members_retrieve": on("member", VIEWS),
    "members_update": on("member", GIVES, {"organisation_steward": True}),
    "members_confirm": on("proposed", SIGNED_IN, {}),
    "members_decline": on("proposed", SIGNED_IN, {}),
    "members_end": on("member", GIVES, {}),
    "members_disable": on("member", "account.disable", {}),
    "members_enable": on("member", "system.configure", {}),
    "members_sign_out": on("member", "account.disable", {}),
    "members_start_acting": on("member", "membership.manage", {"reason": "absent"}),
    "members_end_acting": on("member", VIEWS, {}),
    "invitations_list": listing("invitation", (*GIVES, ASKED)),
    "invitations_create": adding(GIVES, {"role": "member", "team": "@team", "organisation": "@organisation"}),
    "invitations_retrieve": on("invitation", (*GIVES, ASKED)),
    "invitations_confirm": on("invitation", SIGNED_IN, {}),
    "invitations_decline": on("invitation", SIGNED_IN, {}),
    "invitations_revoke": on("invitation", GIVES, {}),
    "recoveries_list": listing("recovery", "account.disable"),
    "recoveries_create": adding("account.disable", {"membership": "@member"}),
    "recoveries_retrieve": on("recovery", "account.disable"),
    "recoveries_confirm": on("recovery", "account.disable", {}),
    "recoveries_revoke": on("recovery", "account.disable", {}),
    "tokens_list": listing("token", (ISSUES, "membership.manage")),
    "tokens_create": adding(
        ISSUES, {"name": "t", "team": "@team", "acting_for": "@user", "operations": ["case.view_coded"]}
    ),
    "tokens_retrieve": on("token", (ISSUES, "membership.manage")),
    "tokens_confirm": on("token", SIGNED_IN, {}),
    "tokens_decline": on("token", SIGNED_IN, {}),
    "tokens_rotate": on("token", ISSUES, {}),
    "tokens_revoke": on("token", ISSUES, {}),
    "memoranda_list": listing("memorandum", OFFICE),
    "memoranda_create": adding(OFFICE, {"organisation": "@organisation", "number": "?"}),
    "memoranda_retrieve": on("memorandum", OFFICE),
    "memoranda_update": on("memorandum", OFFICE, {"number": "?"}),
    "sharing_agreements_list": listing("agreement", OFFICE),
    "sharing_agreements_create": adding(OFFICE, {"team": "@team", "organisation": "@organisation"}),
    "sharing_agreements_retrieve": on("agreement", OFFICE),
    "sharing_agreements_update": on("agreement", OFFICE, {"valid_until": "@soon"}),
    "audit_logs_list": listing("log", VERIFIES),
    "audit_logs_retrieve": on("log", VERIFIES),
    "audit_logs_checkpoint": on("log", VERIFIES),
    "audit_logs_inclusion": on("log", VERIFIES),
    "audit_logs_consistency": on("log", VERIFIES),
    "audit_entries_list": Rule(AUDIT, shows="entry", names=ACTOR),
    "audit_entries_retrieve": on("entry", AUDIT),
    "audit_entries_export": Rule(AUDIT, body={}, names=ACTOR),
    "reviews_list": Rule(SIGNED_IN, shows="review"),
    "reviews_retrieve": on("review", SIGNED_IN),
    "reviews_judge": on("review", "audit.review", {"verdict": "expected"}),
    "reviews_answer": on("review", SIGNED_IN, {"text": "Dogovoren je razgovor."}),
    "review_completion_retrieve": Rule(("processing_register.view", OFFICE)),
    "quarters_list": listing("quarter", FIGURES),
    "quarters_create": adding("quarter.lock", {"team": "@team", "quarter": "2019-Q4"}),
    "quarters_retrieve": on("quarter", FIGURES),
    "team_statistics_retrieve": on("figures", FIGURES),
    "imports_list": listing("import", "import.run"),
    "imports_create": adding(
        "import.run", {"team": "@team", "organisation": "@organisation", "shipped": "?"}
    ),
    "imports_retrieve": on("import", "import.run"),
    "import_rows_list": below("import", "import.run", shows="import_row"),
    "releases_list": listing("release", PUBLISHED),
    "releases_create": adding("release.prepare", {"tier": "B", "period": "?"}),
    "releases_retrieve": on("release", PUBLISHED),
    "releases_approve": on("release", "release.approve", {}),
    "releases_decline": on("release", "release.approve", {}),
    "releases_gate": on("release", "release.approve"),
    "releases_manifest": on("release", "statistics.national"),
    "release_figures_figures": on("release", PUBLISHED),
    "release_figures_tdi": on("release", "statistics.national"),
    "public_release_figures_figures": Rule(SIGNED_IN, {"number": "release_number"}),
    "release_files_export": on("release", PUBLISHED),
    "public_release_files_export": Rule(SIGNED_IN, {"number": "release_number"}),
    "public_releases_list": public(),
    "public_releases_retrieve": Rule(SIGNED_IN, {"number": "release_number"}),
    "reference_list": Rule(SIGNED_IN),
    "reference_retrieve": Rule(SIGNED_IN, {"list": "list"}),
    "service_tallies_list": listing("tally", TALLIES),
    "service_tallies_create": adding(TALLIES, TALLY),
    "service_tallies_retrieve": on("tally", TALLIES),
    "service_tallies_update": on("tally", TALLIES, {"amount": 8}),
    "root_retrieve": public(),
    "transparency_retrieve": public(),
    "health_live": public(),
    "health_ready": public(),
    "recoveries_use": public({"token": "?", "password": "?"}),
    "invitations_accept": public({"token": "?", "username": "?", "display_name": "?", "password": "?"}),
}
# Signing in shows nobody anything but the own account; each is asked by everybody, and read for what it says.
SIGN_IN: Final[frozenset[str]] = frozenset(
    {
        "sign_in_account_authenticators_get",
        "sign_in_account_authenticators_recovery_codes_get",
        "sign_in_account_authenticators_recovery_codes_post",
        "sign_in_account_authenticators_totp_get",
        "sign_in_account_authenticators_totp_post",
        "sign_in_account_authenticators_totp_delete",
        "sign_in_account_authenticators_webauthn_get",
        "sign_in_account_authenticators_webauthn_post",
        "sign_in_account_authenticators_webauthn_delete",
        "sign_in_account_password_change_post",
        "sign_in_2fa_authenticate_post",
        "sign_in_2fa_reauthenticate_post",
        "sign_in_webauthn_authenticate_get",
        "sign_in_webauthn_authenticate_post",
        "sign_in_webauthn_reauthenticate_get",
        "sign_in_webauthn_reauthenticate_post",
        "sign_in_login_post",
        "sign_in_password_request_post",
        "sign_in_password_reset_get",
        "sign_in_password_reset_post",
        "sign_in_reauthenticate_post",
        "sign_in_session_get",
        "sign_in_session_delete",
        "sign_in_config_get",
    }
)
RULES_OF_SIGN_IN: Final[Mapping[str, Rule]] = {name: public({}) for name in SIGN_IN}
