"""The p-table of the Office for National Statistics, as its package `cell-key-perturbation` reads one.

We do not publish with it. It is here so that our own code can be held against published output of another office.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

REPEATED_AFTER = 750  # counts above take the last 250 rows again and again
REPEATED = 250


@dataclass(frozen=True)
class OnsTable:
    """Noise by perturbation cell value and cell key."""

    noises: Mapping[tuple[int, int], int]
    keys: int

    def noise(self, count: int, cell_key: int) -> int:
        """What is added to a true count above 0."""
        return self.noises[cell_value(count), cell_key]


def cell_value(count: int) -> int:
    """The row of the table (`pcv`) for a true count above 0."""
    if count <= REPEATED_AFTER:
        return count
    return (count - 1) % REPEATED + REPEATED_AFTER - REPEATED + 1


def read(lines: Iterable[str]) -> OnsTable:
    """A table of the columns pcv, ckey, pvalue."""
    noises = {(int(row["pcv"]), int(row["ckey"])): int(row["pvalue"]) for row in csv.DictReader(lines)}
    return OnsTable(noises, 1 + max(key for _, key in noises))
