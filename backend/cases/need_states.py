"""The states of a need and which may follow which. Pure. A gap opens again when a service appears."""

from collections.abc import Mapping
from typing import Final

from backend.errors import Conflict, Fault, Invalid
from backend.reference.lists import code_exists

OPEN: Final = "open"
BEING_MET: Final = "being_met"
UNFINISHED: Final = frozenset({OPEN, BEING_MET, "gap"})
FOLLOWING: Final[Mapping[str, frozenset[str]]] = {
    OPEN: frozenset({BEING_MET, "met", "gap", "withdrawn"}),
    BEING_MET: frozenset({OPEN, "met", "gap", "withdrawn"}),
    "gap": frozenset({OPEN, BEING_MET, "met", "withdrawn"}),
    "met": frozenset({OPEN}),
    "withdrawn": frozenset({OPEN}),
}


def check_change(before: str, *, after: str) -> None:
    """Raise unless a need in `before` may become `after`: Invalid for no such state, Conflict for no such
    edge.
    """
    if not code_exists("need_statuses", after):
        raise Invalid(Fault("/status", "unknown_code"))
    if after != before and after not in FOLLOWING[before]:
        raise Conflict("illegal_transition", legal=sorted(FOLLOWING[before]))
