"""Checks coded input of a referral against the lists, one fault for each place. Pure."""

from typing import Final

from backend.errors import Fault, Invalid
from backend.reference.lists import code_exists, entry

# Reasons that the system sets by itself and nobody else.
SYSTEM_REASONS: Final = frozenset({"consent-withdrawn", "agreement-lapsed", "consent-lapsed"})


def reason(code: str, *, status: str) -> str:
    """Return a reason that a person may give for `status`. Raises Invalid."""
    if not code_exists("referral_reasons", code):
        raise Invalid(Fault("/reason_code", "unknown_code"))
    if code in SYSTEM_REASONS or status not in entry("referral_reasons", code).values("applies_to"):
        raise Invalid(Fault("/reason_code", "not_for_this_step"))
    return code


def listed(list_name: str, code: str, *, at: str) -> str:
    """Return a code that the list has. Raises Invalid."""
    if not code_exists(list_name, code):
        raise Invalid(Fault(at, "unknown_code"))
    return code


def business_status(code: str, *, status: str) -> str:
    """Return a finer state that is allowed inside `status`. Raises Invalid."""
    listed("business_statuses", code, at="/business_status")
    if status not in entry("business_statuses", code).values("allowed_in_status"):
        raise Invalid(Fault("/business_status", "not_in_this_status"))
    return code


def kept_business_status(code: str, *, status: str) -> str:
    """Return the finer state if it still fits the new status, else none."""
    if code and status in entry("business_statuses", code).values("allowed_in_status"):
        return code
    return ""
