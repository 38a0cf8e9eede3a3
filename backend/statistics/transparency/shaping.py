"""Exact counts of a quarter become what everybody may read. Pure.

Counts about the cases of persons are national, and 0 to 4 is said as that. There is no total over kinds: with one, the
smallest kind could be worked out. Of a team only a share is told, and only where it stands on enough items.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

FEW: Final = 4
MASK: Final = f"0-{FEW}"
# A share of fewer items than this is not told: it would say what became of single ones.
ENOUGH: Final = 10
# The one basis that an authority asks for. What else an authority asks of a team is not recorded anywhere.
COURT_ORDER: Final = "court_order"


@dataclass(frozen=True)
class Reviewed:
    """Review of a team: how many items were due in the quarter, and how many of them were judged in time."""

    team: str
    items: int
    in_time: int


@dataclass(frozen=True)
class Exact:
    """What was counted of one quarter, the whole installation together. It never leaves the job that counts."""

    looks: int = 0
    bases: Mapping[str, int] = field(default_factory=dict)
    rights: Mapping[str, int] = field(default_factory=dict)
    erased: int = 0
    case_keys: int = 0
    team_keys: int = 0
    reviewed: tuple[Reviewed, ...] = ()


def published(found: Exact, *, bases: Iterable[str], kinds: Iterable[str]) -> dict[str, Any]:
    """Return what is published of a quarter. Every basis and kind is named: one that is not would be a count, too."""
    return {
        "break_glass": masked(found.looks),
        "authority_orders": masked(found.bases.get(COURT_ORDER, 0)),
        "safeguarding": [
            {"code": code, **masked(found.bases.get(code, 0))} for code in bases if code != COURT_ORDER
        ],
        "rights_requests": [{"code": code, **masked(found.rights.get(code, 0))} for code in kinds],
        "erasures": masked(found.erased),
        "case_keys_destroyed": masked(found.case_keys),
        "team_keys_destroyed": found.team_keys,
        "review": {
            "percent_in_time": _percent(found.reviewed),
            "teams": [
                {"team": one.team, "percent_in_time": _percent([one])}
                for one in sorted(found.reviewed, key=lambda one: one.team)
                if one.items >= ENOUGH
            ],
        },
    }


def masked(n: int) -> dict[str, Any]:
    """Return a count as it is said; 0 to 4 is a mask and no number."""
    return {"n": None, "mask": MASK} if n <= FEW else {"n": n, "mask": ""}


def _percent(found: Iterable[Reviewed]) -> int | None:
    """Return the share that was judged in time in whole percent, None where too little was due."""
    items = in_time = 0
    for one in found:
        items, in_time = items + one.items, in_time + one.in_time
    return round(100 * in_time / items) if items >= ENOUGH else None
