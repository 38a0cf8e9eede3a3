"""Reads one CSV file of reference data and refuses it whole when anything about it is wrong."""

import csv
import hashlib
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

Row = Mapping[str, str]


class BrokenFile(Exception):
    """A reference file cannot be used. Says the file, the line where known, and what is wrong."""

    def __init__(self, file: str, reason: str, *, line: int | None = None) -> None:
        self.file, self.reason, self.line = file, reason, line
        super().__init__(f"{file}: {reason}" if line is None else f"{file}, line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read: its columns, its rows in order, and the SHA-256 of its bytes in hex."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    digest: str


def read_table(path: Path) -> Table:
    """Read `path` (UTF-8, NFC, comma-separated, header first). Raises BrokenFile."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        raise BrokenFile(path.name, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BrokenFile(path.name, "is not UTF-8") from error
    if not unicodedata.is_normalized("NFC", text):
        raise BrokenFile(path.name, "is not in Unicode form NFC")
    columns, rows = _parse(path.name, text)
    return Table(path.stem, columns, rows, hashlib.sha256(raw).hexdigest())


def several(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values; an empty cell holds none."""
    return tuple(cell.split(";")) if cell else ()


def _parse(file: str, text: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = tuple(next(reader, []))
        if not columns or len(set(columns)) != len(columns):
            raise BrokenFile(file, "has no header or names a column twice", line=1)
        return columns, tuple(_row(file, columns, cells, reader.line_num) for cells in reader)
    except csv.Error as error:
        raise BrokenFile(file, f"is not valid CSV ({error})", line=reader.line_num) from error


def _row(file: str, columns: tuple[str, ...], cells: list[str], line: int) -> Row:
    if len(cells) != len(columns):
        raise BrokenFile(file, f"{len(cells)} cells under {len(columns)} columns", line=line)
    return MappingProxyType(dict(zip(columns, cells, strict=True)))
