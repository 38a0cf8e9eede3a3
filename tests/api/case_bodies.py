"""Bodies of requests on cases."""

from typing import Any

from tests.world import Town

CASES = "/api/v1/cases"
PLAIN = ["basic_profile", "needs"]
MOST = [*PLAIN, "health", "substance_use", "social", "family_children"]


def consent_body(*organisations: Any, **values: Any) -> dict[str, Any]:
    """Return a consent to coordination that names each of `organisations` for all of its classes."""
    classes = values.get("data_classes", MOST)
    return {
        "purposes": ["case_coordination"],
        "data_classes": MOST,
        "recipients": [{"organisation": str(one.id), "data_classes": classes} for one in organisations],
        **values,
    }


def case_body(town: Town, **values: Any) -> dict[str, Any]:
    """Return a new case of the society, with a consent that names it and the coordinator's centre."""
    return {
        "team": str(town.team.id),
        "organisation": str(town.society.id),
        "consent": consent_body(town.society, town.centre),
        "eligibility": True,
        **values,
    }
