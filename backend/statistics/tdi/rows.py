"""In which cells of the TDI tables one person counts. Pure: coded items in, cells out.

Only the lowest cells are named: the sums of groups are made from them, where a workbook is written.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from backend.cases.items import PRIMARY, ItemValue
from backend.statistics.tdi import axes, tables
from backend.statistics.tdi.tables import TABLES, TdiTable

EVER_INJECTED: Final = frozenset({"2", "2.1", "2.2", "2.3"})
EVER_IN_OST: Final = frozenset({"2", "3"})
SECONDARY_TABLES: Final = {"1": "25.1.1", "2": "25.1.2", "3": "25.1.3", "7": "25.1.4"}
SECONDARY_OF_OTHERS: Final = "25.1.5"


class Cell(NamedTuple):
    """One cell: number of the table in the template, code of the row, code of the column."""

    table_code: str
    row_code: str
    column_code: str


def cells_of(items: Mapping[str, ItemValue]) -> tuple[Cell, ...]:
    """Return the cells in which a person with these coded items counts, one fact for each.

    Who has no primary drug on record counts nowhere: the service helps people outside the TDI too, such
    as those with primary alcohol use. A primary drug recorded as not known counts in its row.
    """
    if not items.get(PRIMARY):
        return ()
    return tuple(cell for table in TABLES.values() for cell in _in_table(table, items))


def _in_table(table: TdiTable, items: Mapping[str, ItemValue]) -> Iterator[Cell]:
    if not _belongs(table, items):
        return
    for row in axes.places(table.rows, items):
        for column in axes.places(table.columns, items):
            yield Cell(table.code, row, column)


def _belongs(table: TdiTable, items: Mapping[str, ItemValue]) -> bool:
    if table.rows == tables.SECONDARY_SECOND:
        (group,) = axes.places(tables.DRUG_GROUP, items)
        return SECONDARY_TABLES.get(group, SECONDARY_OF_OTHERS) == table.code
    if table.columns == "years_since_first_injection" and items.get("injecting") not in EVER_INJECTED:
        return False
    if table.columns == "years_since_first_ost" and items.get("ost_status") not in EVER_IN_OST:
        return False
    return not table.item or items.get(table.item) == table.value
