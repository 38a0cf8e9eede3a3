"""A file cut by person before anything of it is sealed: a team's file holds the rows of that team's people only."""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from backend.imports.errors import Unreadable
from backend.imports.mapping import Mapping as Plan
from backend.imports.people import Person, read_people
from backend.imports.several import MAX_UNPACKED_CSV, NAME, read_tables
from backend.imports.tables import Row, read_rows

PACKED: Final = ".csv.gz"
PLAIN: Final = ".csv"
Cut = dict[str, list[Row]]


def folder_content(folder: Path) -> bytes:
    """Return the `.csv` and `.csv.gz` files of a folder as one ZIP; other files are no tables. Raises Unreadable."""
    room, tables = MAX_UNPACKED_CSV, dict[str, bytes]()
    for path in sorted(folder.iterdir()):
        name = path.name.removesuffix(PACKED).removesuffix(PLAIN)
        if not path.name.endswith((PLAIN, PACKED)):
            continue
        if name in tables or not NAME.fullmatch(name):
            raise Unreadable("repeated_table" if name in tables else "bad_table_name", path.name)
        tables[name] = _read(path, room)
        room -= len(tables[name])
    if not tables:
        raise Unreadable("not_several_tables")
    return _zip(tables)


def split(plan: Plan, content: bytes, *, column: str) -> tuple[dict[str, bytes], list[Person]]:
    """Return the file of the people of each value of `column`, and those who have none or no usable row.

    Every row keeps its number: what went to others is an empty line. Raises Unreadable, column_missing too.
    """
    headers = _headers(plan, content)
    if not any(column in headers[name] for name in (plan.table, *plan.joined)):
        raise Unreadable("column_missing", column)
    cuts: dict[str, Cut] = {}
    nobody = []
    for person in read_people(plan, content).each:
        value = person.row.cells[column] if person.row else ""
        if not value:
            nobody.append(person)
            continue
        cut = cuts.setdefault(value, {})
        for table, rows in person.rows.items():
            cut.setdefault(table, []).extend(rows)
    return {value: _packed(headers, cut) for value, cut in cuts.items()}, nobody


def _headers(plan: Plan, content: bytes) -> dict[str, list[str]]:
    if not plan.table:
        return {"": read_rows(content)[0]}
    tables = read_tables(content)
    return {name: tables[name].header for name in plan.tables()}


def _packed(headers: Mapping[str, list[str]], cut: Cut) -> bytes:
    tables = {name: _csv(header, cut.get(name, ())) for name, header in headers.items()}
    return tables[""] if "" in tables else _zip(tables)


def _csv(header: list[str], rows: Iterable[Row]) -> bytes:
    text, number = io.StringIO(), 1
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in sorted(rows, key=lambda row: row.number):
        text.write("\n" * (row.number - number - 1))
        writer.writerow([row.cells[column] for column in header])
        number = row.number
    return text.getvalue().encode()


def _read(path: Path, room: int) -> bytes:
    try:
        with gzip.open(path) if path.name.endswith(PACKED) else path.open("rb") as file:
            content = file.read(room + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable("not_a_table", path.name) from error
    if len(content) > room:
        raise Unreadable("too_large")
    return content


def _zip(tables: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables.items():
            archive.writestr(f"{name}{PLAIN}", content)
    return file.getvalue()
