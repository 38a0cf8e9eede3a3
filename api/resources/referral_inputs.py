"""Turns what a request said about a referral into what the services take."""

from collections.abc import Mapping
from typing import Any, Final

from backend.referrals.drafting import Terms
from backend.referrals.reporting import Report

_NAMES: Final = {
    "service": "service_id",
    "recipient": "recipient_id",
    "need": "need_id",
    "consent": "consent_id",
    "safeguarding_basis": "safeguarding_basis_id",
    "replaces": "replaces_id",
}


def terms_of(data: Mapping[str, Any]) -> Terms:
    """Return the terms of a referral; what was not said is absent."""
    given = {_NAMES.get(name, name): value for name, value in data.items()}
    if "data_classes" in given:
        given["data_classes"] = tuple(given["data_classes"])
    return Terms(**given)


def reported(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the input of a step of the recipient, with the report where the requester makes it."""
    given = dict(data)
    report = given.pop("on_behalf", None)
    return {**given, "report": Report(**report) if report is not None else None}
