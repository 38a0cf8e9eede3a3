"""Several tables in one file: the sheets of a workbook, or a ZIP of CSV files. Hostile until read, as one table is."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.imports.errors import Unreadable
from backend.imports.tables import (
    MAX_BYTES,
    MAX_UNPACKED,
    XLSX_MAGIC,
    Row,
    check_size,
    csv_lines,
    open_workbook,
    opened,
    sheet_lines,
    with_header,
)

MAX_TABLES: Final = 32
MAX_UNPACKED_CSV: Final = 64 * 1024 * 1024
WORKBOOK: Final = "[Content_Types].xml"
NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
SUFFIX: Final = ".csv"


@dataclass(frozen=True)
class Table:
    """One table: its header, and its rows, which can be gone through once."""

    header: list[str]
    rows: Iterator[Row]


def read_tables(content: bytes) -> dict[str, Table]:
    """Return the tables by name: that of the sheet, or of the CSV file without `.csv`.

    Raises Unreadable, with the table's name: too_large, not_several_tables, bad_table_name, too_many_tables,
    repeated_table, and all that `read_rows` raises; what is wrong with a row only when the row comes.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable("too_large")
    if not content.startswith(XLSX_MAGIC):
        raise Unreadable("not_several_tables")
    with opened():
        names = check_size(content, at_most=MAX_UNPACKED)
        tables = _sheets(content) if WORKBOOK in names else _files(content)
        return {name: _table(name, lines) for name, lines in tables.items()}


def _table(name: str, lines: Iterator[list[str]]) -> Table:
    try:
        header, rows = with_header(lines)
    except Unreadable as refused:
        raise _in(name, refused) from refused
    return Table(header, _rows(name, rows))


def _rows(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    try:
        with opened():
            yield from rows
    except Unreadable as refused:
        raise _in(name, refused) from refused


def _in(name: str, refused: Unreadable) -> Unreadable:
    return Unreadable(refused.code, f"{name}: {refused.detail}" if refused.detail else name)


def _sheets(content: bytes) -> dict[str, Iterator[list[str]]]:
    sheets = open_workbook(content).worksheets
    _check_names([str(sheet.title) for sheet in sheets])
    return {str(sheet.title): sheet_lines(sheet) for sheet in sheets}


def _files(content: bytes) -> dict[str, Iterator[list[str]]]:
    """Return the CSV files of a ZIP. None is ever written to a disk; a name is a name and no path."""
    names = check_size(content, at_most=MAX_UNPACKED_CSV)
    if not all(name.endswith(SUFFIX) for name in names):
        raise Unreadable("bad_table_name")
    tables = [name.removesuffix(SUFFIX) for name in names]
    _check_names(tables)
    return {table: _lines(content, name) for table, name in zip(tables, names, strict=True)}


def _lines(content: bytes, name: str) -> Iterator[list[str]]:
    """Unpack one file, when its turn comes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo(name)
        if part.flag_bits & 1:
            raise Unreadable("encrypted")
        unpacked = archive.read(part)
    yield from csv_lines(unpacked)


def _check_names(names: list[str]) -> None:
    if len(names) > MAX_TABLES:
        raise Unreadable("too_many_tables")
    if not names or not all(NAME.fullmatch(name) for name in names):
        raise Unreadable("bad_table_name")
    if len({name.lower() for name in names}) != len(names):
        raise Unreadable("repeated_table")
