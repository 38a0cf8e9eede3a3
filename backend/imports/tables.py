"""CSV and XLSX as rows of text, with limits: a file from outside is hostile until read."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from backend.imports.errors import Unreadable

MAX_BYTES = 32 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
MAX_COLUMNS = 256
MAX_CELL = 1000
XLSX_MAGIC = b"PK\x03\x04"
# What the readers of ZIP and XLSX raise for bytes that are none; a SyntaxError is broken XML.
PACKED_WRONGLY = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    EOFError,
    NotImplementedError,
    OSError,
    SyntaxError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    ValueError,
)


@dataclass(frozen=True)
class Row:
    """One line of data: `number` counts from 2, as a spreadsheet shows it; cells are stripped text."""

    number: int
    cells: dict[str, str]


def read_rows(content: bytes) -> tuple[list[str], Iterator[Row]]:
    """Return header and rows of a CSV (UTF-8, comma or semicolon) or XLSX (first sheet).

    Raises Unreadable: too_large, not_utf8, no_header, repeated_column, too_many_columns, not_a_workbook.
    A row that is longer than the header is Unreadable too (`row_too_long`): nothing is guessed.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable("too_large")
    return with_header(_workbook(content) if content.startswith(XLSX_MAGIC) else csv_lines(content))


def with_header(lines: Iterator[list[str]]) -> tuple[list[str], Iterator[Row]]:
    """Return the header, which is the first line, and the rows under it. Raises Unreadable, for a row when it comes."""
    header = _header(next(lines, []))
    return header, _rows(header, lines)


def _header(line: list[str]) -> list[str]:
    if not any(line):
        raise Unreadable("no_header")
    if len(line) > MAX_COLUMNS:
        raise Unreadable("too_many_columns")
    if repeated := {name for name in line if line.count(name) > 1}:
        raise Unreadable("repeated_column", ", ".join(sorted(repeated)))
    return line


def _rows(header: list[str], lines: Iterator[list[str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=2):
        if not any(line):
            continue
        if any(line[len(header) :]):
            raise Unreadable("row_too_long", str(number))
        cells = line[: len(header)] + [""] * (len(header) - len(line))
        if any(len(cell) > MAX_CELL for cell in cells):
            raise Unreadable("cell_too_long", str(number))
        yield Row(number, dict(zip(header, cells, strict=True)))


def csv_lines(content: bytes) -> Iterator[list[str]]:
    """Return the lines of a CSV as stripped cells. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("not_utf8") from error
    if "\x00" in text:
        raise Unreadable("not_a_table")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        for line in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True):
            yield [cell.strip() for cell in line]
    except csv.Error as error:
        raise Unreadable("not_a_table") from error


def _workbook(content: bytes) -> Iterator[list[str]]:
    with opened():
        check_size(content, at_most=MAX_UNPACKED)
        yield from sheet_lines(open_workbook(content).worksheets[0])


@contextmanager
def opened() -> Iterator[None]:
    """Turn what the readers of packed files raise into Unreadable."""
    try:
        yield
    except PACKED_WRONGLY as error:
        raise Unreadable("not_a_workbook") from error


def check_size(content: bytes, *, at_most: int) -> list[str]:
    """Return the names of the files packed in `content`. Raises Unreadable where they would unpack to more bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > at_most:
            raise Unreadable("too_large")
        return archive.namelist()


def open_workbook(content: bytes) -> Workbook:
    """Return a workbook whose sheets are read line by line; formulas are never computed."""
    return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)


def sheet_lines(sheet: Any) -> Iterator[list[str]]:
    """Return the lines of a sheet as stripped text."""
    for line in sheet.iter_rows(values_only=True):
        yield [_text(cell) for cell in line]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
