"""What is worth a look: one file of plain SQL for each rule, which says in its head how much it weighs.

Each answers rows of (entry_id, bundle, weight) from the log of one team since a moment: the entry to look at, what it
stands for, and how bad it is among others of the same rule. A lead can read them, and so can whoever is judged.
The bytes of an entry are canonical, so a rule looks for a fact as it is written: whatever somebody put there by hand
stops no rule.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

BREAK_GLASS, LEAD_ACTS, NO_OWN_SIDE, SAMPLE = "break_glass", "lead_acts", "no_own_side", "sample"
ERASURES: Final = "erasures"
# Of these the officer gets every one, at once.
EACH: Final = frozenset({BREAK_GLASS, ERASURES})
_HEAD: Final = re.compile(r"-- (risk|minutes|about): (.+)")


@dataclass(frozen=True)
class Rule:
    """One rule. `risk` ranks it (0: drawn by lot), `minutes` is what judging one of its items may take."""

    name: str
    risk: int
    minutes: int
    about: str
    sql: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, the riskiest first."""
    folder = files("backend.review").joinpath("rules")
    found = [
        _read(one.name.removesuffix(".sql"), one.read_text(encoding="utf-8")) for one in folder.iterdir()
    ]
    return tuple(sorted(found, key=lambda rule: -rule.risk))


def rule(name: str) -> Rule:
    """Return one rule by its name."""
    return next(one for one in rules() if one.name == name)


def _read(name: str, text: str) -> Rule:
    head = dict(_HEAD.findall(text))
    return Rule(name, int(head["risk"]), int(head["minutes"]), head["about"], text)
