"""What of a perturbed count is shown in each tier, and what the shown says about the true count.

Tier B (the Office): below 5 it reads "0-4", an empty cell like any other.
Tier C (everybody): below 10 it reads "<10", else it is rounded to the nearest 5. A true count below 10 is hidden even
where noise carries it above, so that no rounded figure stands for nine people or fewer.
"""

from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Final, Literal

from backend.statistics.disclosure.cell_key import perturbed
from backend.statistics.disclosure.ptable import PTable, ours

Tier = Literal["B", "C"]

BELOW: Final[dict[Tier, int]] = {"B": 5, "C": 10}
HIDDEN: Final[dict[Tier, str]] = {"B": "0-4", "C": "<10"}
WITHHELD: Final = "withheld"  # shown by nobody at this place, see `withholding`
ROUNDED_TO: Final = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A published number: a count, or none and the mask that stands in its place."""

    n: int | None
    mask: str = ""


def shown(count: int, key_sum: int, tier: Tier, table: PTable | None = None) -> Shown:
    """What is published for a true count whose record keys add up to `key_sum`."""
    return masked(count, perturbed(count, key_sum, table or ours()), tier)


def masked(count: int, noisy: int, tier: Tier) -> Shown:
    """The mask of a tier over a true count and the same with noise."""
    if noisy < BELOW[tier] or (tier == "C" and count < BELOW[tier]):
        return Shown(None, HIDDEN[tier])
    return Shown(noisy if tier == "B" else rounded(noisy))


def rounded(count: int) -> int:
    """The nearest multiple of 5."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


@cache
def bounds(what: Shown, tier: Tier, table: PTable | None = None) -> tuple[int, float]:
    """The least and the greatest true count that can be shown so, worked out from what the p-table can do.

    A withheld number says nothing. ValueError for a number that no count is shown as.
    """
    if what.mask == WITHHELD:
        return 0, inf
    noise = table or ours()
    highest = (BELOW[tier] if what.n is None else what.n) + noise.reach + ROUNDED_TO
    counts = [
        count
        for count in range(highest + 1)
        if any(masked(count, noisy, tier) == what for noisy in noise.support(count))
    ]
    if not counts:
        raise ValueError(f"{what} is never shown in tier {tier}")
    return counts[0], counts[-1]
