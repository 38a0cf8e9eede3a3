"""Protects the cells of the TDI-shaped tables and attacks them before they are published. Pure.

Every lowest cell has noise and a mask of its own. The attacker knows the tables of a family together: that the table of
all people is made of those who were never treated, those treated before, and those of whom it is not known; and that
whoever stands in several rows of drugs stands once in the total. Families are attacked one by one: that all of them
count the same people is not used. What says too much is left empty, as a masked cell is; a family for which that does
not help is left out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from backend.statistics.disclosure import masks
from backend.statistics.disclosure.known import Number, part, published
from backend.statistics.disclosure.masks import HIDDEN, Tier
from backend.statistics.disclosure.withholding import withhold
from backend.statistics.tdi.rows import Cell
from backend.statistics.tdi.tables import TOTAL, TdiTable, families

REST: Final = ""
SEPARATOR: Final = "|"
Place = tuple[str, str]


class Counted(NamedTuple):
    """How many people, and the sum of the record keys of their facts."""

    n: int = 0
    key: int = 0


Counts = Mapping[Cell, Counted]
NOBODY: Final = Counted()


def protected(counts: Counts, tier: Tier) -> dict[str, Any]:
    """Return the part of a document: the cells that are shown, and the families of tables that are left out.

    `mask` is what an empty cell means; it may be withheld as well.
    """
    cells: dict[Cell, int] = {}
    left_out = []
    for name, tables in families().items():
        shown = _Family(tables, counts).shown(tier)
        if shown is None:
            left_out.append(name)
        else:
            cells |= shown
    told = [
        {"table": at.table_code, "row": at.row_code, "column": at.column_code, "n": cells[at]}
        for at in sorted(cells)
    ]
    return {"mask": HIDDEN[tier], "cells": told, "left_out": left_out}


@dataclass(frozen=True)
class _Family:
    """Tables that count the same people in the same cells; the first one counts all of them."""

    tables: Sequence[TdiTable]
    counts: Counts

    @property
    def places(self) -> list[Place]:
        """Return the cells in which anybody stands; every other one is masked in all tables alike."""
        codes = {table.code for table in self.tables}
        return sorted({(at.row_code, at.column_code) for at in self.counts if at.table_code in codes})

    @property
    def groups(self) -> list[str]:
        """Return into which groups of people the tables part all of them, whom no table shows at the end."""
        return [*(table.value for table in self.tables if table.value), REST]

    def shown(self, tier: Tier) -> dict[Cell, int] | None:
        """Return what may be shown, None where something is learnt whatever is withheld."""
        shown = {at: masks.shown(*self.counts.get(at, NOBODY), tier) for at in self._cells()}
        numbers = [published(_name(at), self._atoms(at), one, tier) for at, one in shown.items()]
        free = [number.name for number in numbers]
        found = withhold([*numbers, *self._rules()], self._truth(), {}, tier, free=free)
        if not found.report.passed:
            return None
        return {
            at: one.n for at, one in shown.items() if one.n is not None and _name(at) not in found.withheld
        }

    def _cells(self) -> Iterator[Cell]:
        return (Cell(table.code, *place) for table in self.tables for place in self.places)

    def _atoms(self, at: Cell) -> list[str]:
        """Return the finest counts of which a cell is the sum: one, but for the table of all people."""
        table = next(one for one in self.tables if one.code == at.table_code)
        groups: Collection[str] = [table.value] if table.value else self.groups
        return [self._atom((at.row_code, at.column_code), group) for group in groups]

    def _atom(self, place: Place, group: str) -> str:
        return SEPARATOR.join((self.tables[0].code, *place, group))

    def _truth(self) -> dict[str, int]:
        """Return the finest counts; whom only the table of all people has is the rest."""
        found: dict[str, int] = {}
        for place in self.places:
            told = {table.value: self.counts.get(Cell(table.code, *place), NOBODY).n for table in self.tables}
            told[REST] -= sum(n for value, n in told.items() if value != REST)
            found |= {self._atom(place, value): n for value, n in told.items()}
        return found

    def _rules(self) -> Iterator[Number]:
        """Yield that whoever stands in a row stands in the total, where that is counted apart."""
        if not self.tables[0].counts_persons_apart:
            return
        for row, column in self.places:
            for group in self.groups if row != TOTAL else ():
                yield part([self._atom((row, column), group)], [self._atom((TOTAL, column), group)])


def _name(at: Cell) -> str:
    return SEPARATOR.join(at)
