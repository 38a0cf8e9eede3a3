"""Which data class a fact belongs to, and what a class may not show. Pure, from the reference lists."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from backend.reference.lists import codes, entry

NARRATIVE: Final = "narrative"
JUSTICE: Final = "justice_transition"
NEEDS: Final = "needs"
NOT_KNOWN: Final = "99"
# Codes of these items reveal detention: without the class `justice_transition` they read "not known". Three
# stand in the notes of `tdi_fields.csv`; a treatment unit in prison says the same.
REVEALS_DETENTION: Final[Mapping[str, str]] = {
    "referral_source": "1",
    "living_with": "5",
    "accommodation": "3",
    "centre_type": "3",
}
# This need is a diagnosis: it shows to whoever recorded it and to whom it was referred, to nobody else.
REVEALS_DIAGNOSIS: Final = frozenset({"hiv_hcv_care"})
# Sectors that get only the one need which the referral answers, and of a class only the items named here.
ONLY_NEED_REFERRED: Final = frozenset({"education", "employment", "local_government"})
ONLY_ITEMS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "employment": {"social": frozenset({"education", "labour"})},
}


@cache
def coded() -> frozenset[str]:
    """Return the classes that role alone opens (part `coded`)."""
    return frozenset(code for code, row in codes("data_classes").items() if row.attributes["part"] == "coded")


@cache
def stored() -> tuple[str, ...]:
    """Return the classes that have a row of facts in each case: all but the narrative, in the order of the
    list.
    """
    return tuple(code for code in codes("data_classes") if code != NARRATIVE)


def item_class(item: str) -> str:
    """Return the class of a TDI item. Raises UnknownCode."""
    return entry("tdi_fields", item).attributes["data_class"]


def need_class(need: str) -> str:
    """Return the class which the need itself reveals. Raises UnknownCode."""
    return entry("needs", need).attributes["data_class"]


def flag_class(flag: str) -> str:
    """Return the class of a risk flag. Raises UnknownCode."""
    return entry("risk_flags", flag).attributes["data_class"]


def service_class(service: str) -> str | None:
    """Return the class which a service's code alone reveals, None for nothing about a person."""
    return entry("services", service).attributes["data_class"] or None


def is_confidential(service: str) -> bool:
    """Say whether the code of a service is sealed because it amounts to a diagnosis."""
    return entry("services", service).is_yes("confidential")


def question_class(question: str) -> str | None:
    """Return the class that a reply to the question reveals, None when it is about the service."""
    return entry("questions", question).attributes["data_class"] or None


@cache
def service_classes() -> frozenset[str]:
    """Return every class that the code of some service reveals."""
    return frozenset(row.attributes["data_class"] for row in codes("services").values()) - {""}
