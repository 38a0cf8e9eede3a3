"""Takes from a new release the few numbers that let somebody learn too much, before whole tables are made coarser.

Taking numbers away only ever leaves an attacker with less, so after each round only the cells that failed are attacked
again. What earlier releases say cannot be taken back.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from backend.statistics.disclosure.attack import Counts
from backend.statistics.disclosure.demands import Cell
from backend.statistics.disclosure.gate import Report, judge
from backend.statistics.disclosure.known import Number
from backend.statistics.disclosure.masks import Tier

ROUNDS: Final = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """The numbers that remain, the names of those withheld, and the last report: passed, or what nothing helped."""

    numbers: Sequence[Number]
    withheld: frozenset[str]
    report: Report


def withhold(
    numbers: Sequence[Number],
    truth: Counts,
    own: Mapping[str, Counts],
    tier: Tier,
    *,
    free: Collection[str],
) -> Outcome:
    """Withhold numbers among those named `free` until the gate passes or nothing more would help.

    Names are unique. The report counts the first attack's targets and, of all rounds, the questions to the solver.
    """
    left = set(free)
    first = report = judge(numbers, truth, own, tier, new=free)
    solved = first.solved
    for _ in range(ROUNDS):
        chosen = {name for cell in report.cells if (name := _choice(cell, numbers, left)) is not None}
        if not chosen:
            break
        left -= chosen
        numbers = [_silent(number) if number.name in chosen else number for number in numbers]
        report = judge(numbers, truth, own, tier, again=report.cells)
        solved += report.solved
    whole = replace(report, attacked=first.attacked, solved=solved)
    return Outcome(numbers, frozenset(free) - left, whole)


def _choice(cell: Cell, numbers: Sequence[Number], left: Collection[str]) -> str | None:
    """Of the numbers that tell most about a cell one that may go: one that holds all of it, over the fewest atoms."""
    target = next((set(number.atoms) for number in numbers if number.name == cell.name), {cell.name})
    telling = [number for number in numbers if number.name in left and number.name in cell.because]
    if not telling:
        return None
    return min(
        telling, key=lambda number: (not target <= set(number.atoms), len(number.atoms), number.name)
    ).name


def _silent(number: Number) -> Number:
    return replace(number, low=0, high=inf)
