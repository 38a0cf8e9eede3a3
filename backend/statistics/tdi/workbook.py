"""The national aggregate of a year as a workbook in the layout of the TDI template. Pure over a release's document."""

from collections.abc import Mapping
from typing import Any, Final

from backend.statistics.tdi import cells, method, package, sums
from backend.statistics.tdi.method import About
from backend.statistics.tdi.rows import Cell

PART: Final = "tdi"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoTables(LookupError):
    """The release has no such tables: it is not of a year, or they were not published."""


def written(document: Mapping[str, Any], *, number: int | None, sha256: str) -> bytes:
    """Return the workbook; the same release gives the same bytes. Raises NoTables, StrangeTemplate."""
    told = document.get(PART)
    if not told:
        raise NoTables
    scope = document["scope"]
    about = About(
        number=number,
        sha256=sha256,
        tier=str(document["tier"]),
        period=str(document["period"]),
        mask=str(told["mask"]),
        included=len(scope["teams"]),
        teams=len(scope["teams"]) + len(scope["not_included"]),
    )
    shown = {Cell(one["table"], one["row"], one["column"]): int(one["n"]) for one in told["cells"]}
    return filled(sums.numbers(shown), about)


def filled(numbers: Mapping[Cell, int], about: About) -> bytes:
    """Return the template with these numbers in its own cells, a remark, and a sheet on the method."""
    template = cells.template()
    parts = package.parts_of(cells.template_bytes())
    placed = {
        template.places[cell.table_code].at(cell.row_code, cell.column_code): number
        for cell, number in numbers.items()
    }
    sheet = package.with_numbers(parts[package.SHEET].decode(), placed, meant=template.meant)
    sheet = package.with_text(sheet, template.remarks, method.remark(about))
    return package.packed(
        package.with_sheet({**parts, package.SHEET: sheet.encode()}, method.NAME, method.rows(about))
    )
