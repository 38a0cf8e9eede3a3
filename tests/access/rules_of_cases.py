"""The rules of every operation on cases and referrals."""

from collections.abc import Mapping
from typing import Any, Final

from tests.access.reach import SIGNED_IN
from tests.access.rules import ANSWER, PROGRESS, Rule, adding, below, listing, on

VIEW: Final = "case.view_coded"
EDIT: Final = "case.edit"
LOOK: Final = "breakglass.request"
REVIEW: Final = "breakglass.review"
SHUT: Final = "case.exclude_person"
ASKS: Final = "erasure.request"
CONFIRMS: Final = "erasure.confirm"
ERASES: Final = "erasure.execute"
KILLS: Final = "key.destroy_team"
ASKS_RIGHT, ANSWERS = "rights_request.record", "rights_request.answer"
NARROW: Final = ["basic_profile", "needs"]
CONSENT: Final[Mapping[str, Any]] = {
    "purposes": ["case_coordination"],
    "data_classes": NARROW,
    "recipients": [{"organisation": "@organisation"}],
}
EXCEPTION: Final[Mapping[str, Any]] = {"basis": "incapacity", "recipient": "@organisation"}
WHY: Final[Mapping[str, Any]] = {"reason_code": "no-capacity"}
ON_BEHALF: Final[Mapping[str, Any]] = {"on_behalf": {"channel": "phone", "reporter": "provider"}}

RULES_OF_CASES: Final[Mapping[str, Rule]] = {
    "cases_list": listing("case", VIEW),
    "cases_create": adding(
        ("case.open", "case.propose"),
        {
            "team": "@team",
            "organisation": "@organisation",
            "consent": CONSENT,
            "safeguarding": EXCEPTION,
            "eligibility": True,
        },
    ),
    "cases_retrieve": on("case", VIEW),
    "cases_update": on("case", EDIT, {"urgency": "urgent"}),
    "cases_access": on("case", VIEW),
    "cases_assign": on("case", "case.assign", {"user": None}),
    "cases_close": on("case", "case.close", {"closure_reason": "needs_met"}),
    "cases_flags": on("case", EDIT, {"flags": []}),
    "cases_hold": on("case", EDIT, {"review_due": "@day"}),
    "cases_profile": on("case", EDIT, {"items": {"sex": "2"}}),
    "cases_reopen": on("case", "case.reopen", {}),
    "cases_resume": on("case", EDIT, {}),
    "cases_reveal": on("case", VIEW, {"fields": ["@field"], "purpose": "direct_work"}),
    "cases_triage": on("case", "case.triage", {"triage_outcome": "agenda", "eligibility": True}),
    "case_history_list": Rule(VIEW, {"id": "case"}, shows="case"),
    "case_needs_retrieve": on("case", VIEW),
    "case_needs_add": on("case", EDIT, {"organisation": "@organisation", "code": "basic_needs"}),
    "case_needs_update": on("case", EDIT, {"status": "withdrawn"}, need_id="need"),
    "notes_list": below("case", VIEW, shows="note"),
    "notes_create": below("case", EDIT, {"organisation": "@organisation", "text": "Dogovoren je razgovor."}),
    "notes_retrieve": on("note", VIEW, case_id="case"),
    "notes_update": on("note", EDIT, {"text": "Dogovoren je razgovor."}, case_id="case"),
    "consents_list": below("case", "consent.view", shows="consent"),
    "consents_create": below("case", "consent.record", {"organisation": "@organisation", **CONSENT}),
    "consents_retrieve": on("consent", "consent.view"),
    # Printed by who may write one down in this case, as a recipient's worker may not: the line of copies says the same.
    "consents_receipt": on("consent", "case.print_client_copy"),
    "consents_withdraw": on("consent", "consent.withdraw", {}),
    "safeguarding_list": below("case", "consent.view", shows="basis"),
    "safeguarding_create": below(
        "case", "safeguarding.record", {"organisation": "@organisation", **EXCEPTION}
    ),
    "safeguarding_retrieve": on("basis", "consent.view"),
    "safeguarding_waiting_list": listing("basis", SIGNED_IN),
    "safeguarding_confirm": on("basis", SIGNED_IN, {}),
    "exclusions_list": below("case", SHUT, shows="exclusion"),
    "exclusions_create": below("case", SHUT, {"recorded_for": "@organisation", "user": "@user"}),
    "exclusions_retrieve": on("exclusion", SHUT),
    # Whoever coordinates lifts it: the line of triage says yes to this role alone.
    "exclusions_lift": on("exclusion", "case.triage", {}),
    "duplicate_hint_duplicate_hint": on(
        "case", "case.check_duplicate", {"phrase": "treći maj, Drina, bicikl"}
    ),
    # The line says own to others, and neither a search of the team nor a pair of cases is anybody's own.
    "find_by_phrase_find": adding(
        "case.check_duplicate", {"phrase": "treći maj, Drina, bicikl", "person_present": True}
    ),
    "duplicate_hints_list": listing("hint", "case.check_duplicate"),
    "duplicate_hints_retrieve": on("hint", "case.check_duplicate"),
    "break_glass_list": Rule((LOOK, REVIEW), shows="look", names={"case": "looked_at"}),
    "break_glass_create": on(
        "case_of_town", LOOK, {"reason": "danger_to_life", "text": "Hitna poseta danas."}
    ),
    "break_glass_retrieve": on("look", (LOOK, REVIEW)),
    "break_glass_end": on("look", SIGNED_IN, {}),
    "break_glass_confirm": on("look", SIGNED_IN, {}),
    "break_glass_review": on("look", REVIEW, {"verdict": "expected"}),
    "erasures_list": Rule((ASKS, CONFIRMS, ERASES), shows="erasure", names={"case": "erased_case"}),
    "erasures_create": on("case_to_erase", ASKS, {"reason": "rights_request"}),
    "erasures_retrieve": on("erasure", (ASKS, CONFIRMS, ERASES)),
    "erasures_confirm": on("erasure", CONFIRMS, {}),
    "erasures_decline": on("erasure", (ASKS, CONFIRMS, ERASES), {}),
    "erasures_execute": on("erasure", ERASES, {}),
    "erasures_certificate": on("erasure", (ASKS, CONFIRMS, ERASES)),
    "merges_list": listing("merge", SIGNED_IN),
    "merges_create": below("case", "case.merge", {"other": "@code"}),
    "merges_retrieve": on("merge", SIGNED_IN),
    "merges_confirm": on("merge", SIGNED_IN, {}),
    "merges_decline": on("merge", SIGNED_IN, {}),
    "key_destructions_list": listing("kill", KILLS),
    "key_destructions_create": below("team", KILLS, {}),
    "key_destructions_retrieve": on("kill", KILLS),
    "key_destructions_decline": on("kill", KILLS, {}),
    "key_destructions_execute": on("kill", KILLS, {}),
    # Who coordinates is told of all who looked: the line of the history says yes to this role alone, as this one does.
    "looked_list": below("case", "case.triage", shows="case"),
    "rights_requests_list": Rule(ASKS_RIGHT, shows="request", names={"case": "case_of_request"}),
    "rights_requests_create": adding(
        ASKS_RIGHT,
        {
            "case": "@case_of_request",
            "kind": "access",
            "channel": "letter",
            "received_on": "@day",
            "organisation": "@organisation",
        },
        case="case_of_request",
    ),
    "rights_requests_retrieve": on("request", ASKS_RIGHT),
    "rights_requests_confirm": on("request", ANSWERS, {}),
    "rights_requests_prolong": on("request", ANSWERS, {"reason": "complex"}),
    "rights_requests_answer": on("request", ANSWERS, {"answer": "granted"}),
    "rights_requests_export": on("request", ANSWERS, {}),
    "cases_referral_check": on(
        "case", "referral.create", {"recipient": "@recipient", "service_code": "HR-DIC"}
    ),
    "cases_export": Rule("case.export_list", body={}),
    "referrals_export": Rule("case.export_list", body={}),
    "disclosures_list": below("case", "disclosure.list", shows="disclosure"),
    "referrals_list": listing("referral", VIEW),
    "referrals_create": adding(
        "referral.create",
        {"case": "@case", "recipient": "@recipient", "service_code": "HR-DIC", "need": "@need"},
    ),
    "referrals_retrieve": on("referral", VIEW),
    "referral_history_list": Rule(VIEW, {"id": "referral"}, shows="referral"),
    "referrals_update": on("draft", "referral.create", {"urgency": "urgent"}),
    "referrals_send": on("draft", "referral.create", {}),
    "referrals_accept": on("referral", ANSWER, ON_BEHALF),
    "referrals_reject": on("referral", ANSWER, WHY),
    "referrals_start": on("referral", PROGRESS, ON_BEHALF),
    "referrals_progress": on("referral", PROGRESS, {"business_status": "engaged"}),
    "referrals_hold": on("referral", PROGRESS, WHY),
    "referrals_resume": on("referral", PROGRESS, {}),
    "referrals_complete": on("referral", PROGRESS, {"outcome_code": "service-started"}),
    "referrals_fail": on("referral", PROGRESS, WHY),
    "referrals_cancel": on("referral", "referral.cancel", WHY),
    "referrals_acknowledge": on(
        "referral", "referral.acknowledge", {"acknowledgement_answer": "next_provider"}
    ),
    "referrals_ask": on("referral", "referral.ask", {"question_code": "insurance"}),
    "referrals_reply": on("referral", "referral.reply", {"note": "Da."}),
    "referrals_follow_up": on("referral", "referral.follow_up", {"still_engaged": "yes"}),
    "referrals_undo": on("referral", (*ANSWER, "referral.report_progress"), {}),
    "referrals_correct": on("referral", SIGNED_IN, WHY),
    "referrals_phoned": on("referral", "referral.create", {}),
    "referrals_reveal": on("referral", VIEW, {"fields": ["narrative"], "purpose": "direct_work"}),
}
