"""The gate: nothing is published unless the attacker fails.

For everybody, and for each organisation that knows its own facts, every small count is attacked with all numbers that
the reader of a tier has. Tier B (the Office) passes when each keeps a width of 3 (greatest minus least); tier C
(everybody) when each may be 0 and keeps a width of 5. First other tables that fit are looked for (`witness`), which is
cheap; the solver is asked for what remains.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from backend.statistics.disclosure.attack import Attack, Counts, Scope
from backend.statistics.disclosure.demands import Cell
from backend.statistics.disclosure.known import Number
from backend.statistics.disclosure.masks import Tier
from backend.statistics.disclosure.system import system


@dataclass(frozen=True)
class Report:
    """What came of the attack. `attacked` counts targets times attackers, `solved` those that needed the solver."""

    tier: Tier
    cells: Sequence[Cell]
    attacked: int
    solved: int
    seconds: float

    @property
    def passed(self) -> bool:
        return not self.cells

    def to_json(self) -> dict[str, object]:
        """The report as it is stored: places and words, never a count."""
        cells = [{"name": c.name, "learnt": c.learnt, "organisation": c.organisation} for c in self.cells]
        return {
            "tier": self.tier,
            "passed": self.passed,
            "attacked": self.attacked,
            "solved": self.solved,
            "cells": cells,
        }


def judge(
    numbers: Sequence[Number],
    truth: Counts,
    own: Mapping[str, Counts],
    tier: Tier,
    *,
    new: Collection[str] | None = None,
    again: Sequence[Cell] | None = None,
) -> Report:
    """Attack what a tier's reader sees: all its numbers, of earlier releases too, and the rules everybody knows.

    `own` is each organisation's part of the truth. With `new`, only what hangs together with the numbers of these
    names is attacked: the rest was when it was published. With `again`, the cells of an earlier report and no others:
    enough after numbers were taken away. ValueError when the truth does not fit the numbers.
    """
    began = perf_counter()
    asked = None if again is None else frozenset((cell.name, cell.organisation) for cell in again)
    scope = Scope(None if new is None else frozenset(new), asked)
    everybody = Attack(system(numbers), numbers, truth, tier, scope)
    attacks = [everybody, *(everybody.by(name, parts) for name, parts in own.items() if any(parts.values()))]
    cells = [cell for attack in attacks for cell in attack.cells()]
    solved = sum(attack.solved for attack in attacks)
    return Report(tier, cells, sum(attack.attacked for attack in attacks), solved, perf_counter() - began)
