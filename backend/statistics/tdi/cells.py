"""Where each cell of the TDI tables stands in the template: read out of its own labels, and checked. Pure.

Nothing is typed in: a template with other rows or columns is refused, so that no count lands beside its label.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from backend.statistics.tdi import axes, tables
from backend.statistics.tdi.tables import TABLES, TOTAL, TdiTable

TEMPLATE: Final = Path(__file__).with_name("data") / "TDI_template.xlsx"
SHA256: Final = "3ff64051dc6d12552295644486e062c63dfcda86c5f3b586e7716ed682daed0d"
REMARKS: Final = "7.1.1"
_HEADING: Final = re.compile(r"(\d+\.\d+\.\d+) ")
_NUMBERED: Final = re.compile(r"(\d+(?:\.\d+)?)(?:[. ].*)?")
_BAND: Final = re.compile(r"\d\d-\d\d")
_END: Final = ("notes", "note", "1 - please")
_COMMON: Final = {"not known / missing": "99", "total": TOTAL}
_NAMED: Final[Mapping[str, Mapping[str, str]]] = {
    "treatment_status": {"3. not known / missing": "99", "4. all treatment entrants (1+2+3)": TOTAL},
    "centre_type": {
        "outpatient treatment centres": "1",
        "inpatient treatment centres": "2",
        "treatment units in prison": "3",
        "general practitioners": "4",
        "low threshold agencies": "5",
        "other¹": "6",
    },
    "sex": {"males": "1", "females": "2"},
    "age_band": {"<15": "lt15", ">=65": "ge65"},
    "age_first_use_band": {"<15": "lt15", ">=65": "ge65"},
    "ost_status": {
        "never been in ost": "1",
        "ever been in ost, but not currently": "2",
        "currently in ost": "3",
    },
    "years_since_first_ost": {"< 1": "lt1", "11 to 15": "11-15", "> 15": "gt15"},
    tables.OST_GROUP: {
        "heroin": axes.HEROIN,
        "opioids other than heroin": axes.OTHER_OPIOIDS,
        "cocaine": "2",
        "stimulants other than cocaine": "3",
        "other substances": axes.OTHER_SUBSTANCES,
    },
}


class StrangeTemplate(ValueError):
    """The template is not the one that this program knows, or a table of it has other lines."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one table stands: row numbers and column letters by code, sums included."""

    rows: Mapping[str, int]
    columns: Mapping[str, str]

    def at(self, row: str, column: str) -> str:
        """Return a coordinate such as `C213`."""
        return f"{self.columns[column]}{self.rows[row]}"

    @property
    def coordinates(self) -> Iterator[str]:
        """Yield every cell of the table that is meant for a number."""
        return (f"{letter}{number}" for number in self.rows.values() for letter in self.columns.values())


@dataclass(frozen=True, slots=True)
class Template:
    """The places of the tables that can be filled, the numbers of those that cannot, and the cell for remarks."""

    places: Mapping[str, Place]
    unfilled: Mapping[str, tuple[str, ...]]
    remarks: str

    @property
    def meant(self) -> frozenset[str]:
        """Every cell that is meant for a number, in tables that are filled and in those that are not."""
        own = (at for place in self.places.values() for at in place.coordinates)
        others = (at for cells in self.unfilled.values() for at in cells)
        return frozenset((*own, *others))


def template_bytes() -> bytes:
    """Return the file of the template. Raises StrangeTemplate."""
    content = TEMPLATE.read_bytes()
    if sha256(content).hexdigest() != SHA256:
        raise StrangeTemplate("the template is not the one shipped with this version")
    return content


@cache
def template() -> Template:
    """Read the template once. Raises StrangeTemplate."""
    return read(load_workbook(TEMPLATE, keep_links=False).worksheets[0])


def read(sheet: Any) -> Template:
    """Find every table by its number, its rows and its columns by their labels. Raises StrangeTemplate."""
    found = dict(_tables(sheet))
    if missing := TABLES.keys() - found.keys():
        raise StrangeTemplate(f"no table {', '.join(sorted(missing))}")
    places = {code: _place(table, *found[code]) for code, table in TABLES.items()}
    unfilled = {
        code: tuple(f"{letter}{row}" for row in rows.values() for letter in columns.values())
        for code, (rows, columns) in found.items()
        if code not in TABLES
    }
    return Template(places, unfilled, _remarks(sheet))


def normal(label: object) -> str:
    """Return a label in small letters with single spaces."""
    return " ".join(str(label or "").replace("&nbsp;", " ").split()).lower()


def code_of(axis: str, label: str) -> str:
    """Return the code for which a label of the template stands. Raises StrangeTemplate."""
    named = {**_COMMON, **_NAMED.get(axis, {})}
    if label in named:
        return named[label]
    if _BAND.fullmatch(label):
        return label
    numbered = _NUMBERED.fullmatch(label)
    if numbered is None:
        raise StrangeTemplate(f"{axis}: no code for {label!r}")
    return numbered[1]


def lines(axis: str) -> dict[str, tuple[str, ...]]:
    """Return every line that a table has on this axis, each with the lowest codes that add up to it."""
    own = axes.leaves(axis)
    grouped = axes.groups() if axis in {tables.DRUG, tables.ANY_DRUG, tables.SECONDARY_ANY} else {}
    return {**{code: (code,) for code in own}, **grouped, TOTAL: own}


_Labels = dict[str, int]
_Letters = dict[str, str]


def _tables(sheet: Any) -> Iterator[tuple[str, tuple[_Labels, _Letters]]]:
    """Yield number, rows and columns of every table with numbers: rows and columns by their labels."""
    for row in range(1, sheet.max_row):
        heading = _HEADING.match(normal(sheet.cell(row, 1).value))
        if heading and (columns := _columns(sheet, row + 1)) and (rows := _rows(sheet, row + 2)):
            yield heading[1], (rows, columns)


def _columns(sheet: Any, row: int) -> _Letters:
    if sheet.cell(row, 1).value is not None:
        return {}
    found = ((normal(cell.value), cell.column) for cell in sheet[row] if cell.value is not None)
    return {label: get_column_letter(column) for label, column in found}


def _rows(sheet: Any, row: int) -> _Labels:
    found: _Labels = {}
    while (label := normal(sheet.cell(row, 1).value)) and not label.startswith(_END):
        found[label] = row
        row += 1
    return found


def _place(table: TdiTable, rows: _Labels, columns: _Letters) -> Place:
    placed = Place(
        {code_of(table.rows, label): row for label, row in rows.items()},
        {code_of(table.columns, label): letter for label, letter in columns.items()},
    )
    for axis, there in ((table.rows, placed.rows), (table.columns, placed.columns)):
        if there.keys() - {axes.ALCOHOL} != lines(axis).keys() - {axes.ALCOHOL}:
            raise StrangeTemplate(f"table {table.code}: not the lines of {axis}")
    return placed


def _remarks(sheet: Any) -> str:
    for row in range(1, sheet.max_row):
        if normal(sheet.cell(row, 1).value).startswith(f"{REMARKS} "):
            return f"A{row + 1}"
    raise StrangeTemplate("no place for remarks")
