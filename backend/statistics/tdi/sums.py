"""Every number of the filled workbook, made of the published lowest cells. Pure.

Groups and totals are sums of the cells that are shown, and of nothing else: so a substance adds up to its group,
and no sum tells anything about a cell that is not shown. A sum is therefore "at least".
"""

from collections.abc import Iterator, Mapping

from backend.statistics.tdi import cells
from backend.statistics.tdi.rows import Cell
from backend.statistics.tdi.tables import TABLES, TOTAL, TdiTable


def numbers(shown: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the number of every cell, sums included, where at least one lowest cell is shown.

    Raises KeyError for a cell that no table has.
    """
    by_table: dict[str, dict[tuple[str, str], int]] = {code: {} for code in TABLES}
    for cell, number in shown.items():
        by_table[cell.table_code][cell.row_code, cell.column_code] = number
    return {cell: number for code, told in by_table.items() for cell, number in _table(TABLES[code], told)}


def row_lines(table: TdiTable) -> dict[str, tuple[str, ...]]:
    """Return the rows of a table with what adds up to each; persons in several rows are counted apart."""
    found = cells.lines(table.rows)
    return {**found, TOTAL: (TOTAL,)} if table.counts_persons_apart else found


def _table(table: TdiTable, told: Mapping[tuple[str, str], int]) -> Iterator[tuple[Cell, int]]:
    if not told:
        return
    columns = cells.lines(table.columns)
    for row, rows in row_lines(table).items():
        for column, within in columns.items():
            parts = [told[one, other] for one in rows for other in within if (one, other) in told]
            if parts:
                yield Cell(table.code, row, column), sum(parts)
