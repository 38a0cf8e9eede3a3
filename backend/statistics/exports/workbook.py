"""A release as XLSX: first what it is and how to read it, then a sheet for each table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook

from backend.spreadsheets import harmless
from backend.statistics.exports import wording
from backend.statistics.exports.edition import LOOSE, Edition, texts
from backend.statistics.exports.steady import steady_bytes

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
METHOD: Final = "Method"
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[^\w -]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Cells = Sequence[int | float | str | None]


def written(edition: Edition) -> bytes:
    """Return the file: no formula, no date of its making, the same bytes each time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book, METHOD, _method(edition))
    for table in edition.document["tables"]:
        _fill(book, table["id"], _matrix(table))
    for part in LOOSE:
        if found := edition.document.get(part):
            _fill(book, part, _listed(found))
    return steady_bytes(book)


def _fill(book: Workbook, name: str, rows: Iterator[Cells]) -> None:
    sheet = book.create_sheet(_sheet_name(book, name))
    for row in rows:
        sheet.append([_cell(value) for value in row])


def _sheet_name(book: Workbook, wanted: str) -> str:
    """Return a name that a workbook may hold, and that no other sheet of it has whatever the case of letters."""
    name = _NOT_IN_NAMES.sub("_", wanted)[:_LONGEST_NAME] or "_"
    taken = {one.casefold() for one in book.sheetnames}
    number = 2
    while name.casefold() in taken:
        tail = f" {number}"
        name, number = _NOT_IN_NAMES.sub("_", wanted)[: _LONGEST_NAME - len(tail)] + tail, number + 1
    return name


def _cell(value: float | str | None) -> int | float | str | None:
    return harmless(_CONTROL.sub("", value)) if isinstance(value, str) else value


def _method(edition: Edition) -> Iterator[Cells]:
    document = edition.document
    yield "release", edition.number if edition.number is not None else "not published"
    yield "tier", document["tier"]
    yield "period", document["period"]
    yield "sha256", edition.sha256
    yield "manifest sha256", edition.manifest_sha256
    for language, said in wording.citation(edition).items():
        yield f"citation ({language})", said
    for language, said in wording.masks(document["tier"]).items():
        yield f"how to read it ({language})", said
    for part in ("scope", "method", "notes"):
        for path, text in texts(document.get(part, ())):
            yield f"{part}: {path}", text


def _matrix(table: Mapping[str, Any]) -> Iterator[Cells]:
    """Yield a table as people read it: a line for each row, a column for each column and mark."""
    cells = {(one["row"], one["column"], one["mark"]): one for one in table["cells"]}
    across = list(dict.fromkeys((column, mark) for _, column, mark in cells))
    yield (table["rows"], *(column for column, _ in across))
    yield ("", *(mark for _, mark in across))
    for row in dict.fromkeys(row for row, _, _ in cells):
        yield (row, *(_shown(cells.get((row, column, mark))) for column, mark in across))


def _shown(cell: Mapping[str, Any] | None) -> int | str | None:
    """Return the number, or the mask in its place; nothing where the release says nothing."""
    if cell is None:
        return None
    shown: int | str | None = cell["mask"] or cell["n"]
    return shown


def _listed(found: Sequence[Mapping[str, Any]]) -> Iterator[Cells]:
    names = list(dict.fromkeys(name for one in found for name in one if name != "caveat"))
    yield names
    for one in found:
        yield [_plain(one.get(name)) for name in names]


def _plain(value: Any) -> int | float | str | None:
    return value if value is None or isinstance(value, int | float | str) else str(value)
