"""Finds the numbers of an indicator in a release's document, and nothing that the document does not hold. Pure.

A share is worked out of two published numbers, so it tells nothing that they do not tell already.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from backend.statistics.indicators import registry
from backend.statistics.indicators.registry import Indicator, Part

TOTAL: Final = "total"
SHOWN, MASKED, WITHHELD, ABSENT, NOT_MEASURED = "shown", "masked", "withheld", "absent", "not_measured"
PER_CENT: Final = "per_cent"
PLACES: Final = frozenset({"team", "nation"})
UNKNOWN_, EVERYBODY = "unknown_", "in_coordination"


@dataclass(frozen=True, slots=True)
class Found:
    """One figure as far as a document holds it. `value` is a count, whole per cent, days, months or a ratio;
    None where nothing may be shown, and then `state` and `mask` say what is known.
    """

    row: str
    column: str
    state: str
    value: float | int | None = None
    mask: str = ""
    unit: str = ""
    part: int | None = None
    whole: int | None = None


class Numbers:
    """The cells of a document by where they stand."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.tier = str(document["tier"])
        self._by_place = {table["id"] for table in document["tables"] if table["rows"] in PLACES}
        self._cells = {
            (table["id"], cell["mark"], cell["row"], cell["column"] or TOTAL): cell
            for table in document["tables"]
            for cell in table["cells"]
        }

    def find(self, indicator: Indicator, part: Part) -> list[Found]:
        """Return each figure of the part, or one that says that there is none."""
        found = list(_FINDERS[part.kind](self, indicator, part))
        return found or [Found(TOTAL, "", ABSENT)]

    def cells(self, mark: str, *, table: str = "") -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
        """Yield table, row, column and cell of a mark; without a table the totals of those by team or nation."""
        for (where, what, row, column), cell in self._cells.items():
            fits = where == table if table else column == TOTAL and where in self._by_place
            if what == mark and fits:
                yield where, row, column, cell

    def unknown_share(self, item: str) -> float | None:
        """Return the share of unknown values of an item over all teams, if the document holds it."""
        for where, row, column, cell in self.cells(UNKNOWN_ + item):
            whole = self._cells.get((where, EVERYBODY, row, column))
            if row == TOTAL and whole and cell["n"] is not None:
                return float(cell["n"] / whole["n"]) if whole["n"] else None
        return None

    def count(self, _indicator: Indicator, part: Part) -> Iterator[Found]:
        for row, cell in self._by_row(part.mark).items():
            yield _counted(row, "", cell)

    def by(self, _indicator: Indicator, part: Part) -> Iterator[Found]:
        for _where, row, column, cell in self.cells(part.mark, table=part.table):
            yield _counted(row, "" if column == TOTAL else column, cell)

    def share(self, indicator: Indicator, part: Part) -> Iterator[Found]:
        wholes = {(where, row): cell for where, row, _column, cell in self.cells(part.of)}
        seen = set()
        for where, row, _column, cell in self.cells(part.mark):
            if (where, row) in wholes and row not in seen:
                seen.add(row)
                whole = wholes[where, row]["n"]
                yield _share(row, "", cell["n"], whole, indicator.least_denominator(self.tier))

    def unknown(self, indicator: Indicator, _part: Part) -> Iterator[Found]:
        for (where, mark, row, column), cell in self._cells.items():
            item = mark.removeprefix(UNKNOWN_)
            whole = self._cells.get((where, EVERYBODY, row, column))
            if item != mark and whole is not None:
                yield _share(row, item, cell["n"], whole["n"], indicator.least_denominator(self.tier))

    def median(self, indicator: Indicator, _part: Part) -> Iterator[Found]:
        for one in self.document.get("medians", ()):
            if one["id"] == indicator.code:
                state = WITHHELD if one["value"] is None else SHOWN
                yield Found(one.get("row") or TOTAL, "", state, one["value"], unit="days")

    def directory(self, indicator: Indicator, part: Part) -> Iterator[Found]:
        for one in self.document.get("counts", ()):
            if one["id"] == indicator.code and one.get("name", "") == part.name:
                yield Found(
                    one.get("row") or TOTAL,
                    one.get("column", ""),
                    SHOWN if one["value"] is not None else WITHHELD,
                    one["value"],
                    unit=one["unit"],
                    part=one.get("numerator"),
                    whole=one.get("denominator"),
                )

    def nothing(self, _indicator: Indicator, _part: Part) -> Iterator[Found]:
        yield Found(TOTAL, "", NOT_MEASURED)

    def _by_row(self, mark: str) -> dict[str, Mapping[str, Any]]:
        """Return the cell of each row, of the first table that has it."""
        found: dict[str, Mapping[str, Any]] = {}
        for _where, row, _column, cell in self.cells(mark):
            found.setdefault(row, cell)
        return found


def _counted(row: str, column: str, cell: Mapping[str, Any]) -> Found:
    hidden = WITHHELD if cell["mask"] == WITHHELD else MASKED
    state = hidden if cell["n"] is None else SHOWN
    return Found(row, column, state, cell["n"], cell["mask"], registry.COUNT)


def _share(row: str, column: str, part: int | None, whole: int | None, least: int) -> Found:
    """Return whole per cent, at most 100: noise may carry a part over its whole."""
    if part is None or whole is None or whole < max(1, least):
        return Found(row, column, WITHHELD, unit=PER_CENT)
    value = min(100, (200 * part + whole) // (2 * whole))
    return Found(row, column, SHOWN, value, "", PER_CENT, part, whole)


_FINDERS: Final = {
    registry.COUNT: Numbers.count,
    registry.BY: Numbers.by,
    registry.SHARE: Numbers.share,
    registry.UNKNOWN: Numbers.unknown,
    registry.MEDIAN: Numbers.median,
    registry.DIRECTORY: Numbers.directory,
    registry.NOT_MEASURED: Numbers.nothing,
    registry.RULE: Numbers.nothing,
}
