"""A ZIP of CSV files or a workbook of sheets: each a table by its name; what is hostile or unclear is refused."""

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports import several, tables
from backend.imports.errors import Unreadable
from backend.imports.several import read_tables
from tests.backend.imports.packed import TABLES, VISITS, workbook, zipped

pytestmark = pytest.mark.pure


def read(content: bytes) -> dict[str, list[dict[str, str]]]:
    return {name: [row.cells for row in table.rows] for name, table in read_tables(content).items()}


@pytest.mark.parametrize("content", [zipped(), workbook()], ids=["zip", "workbook"])
def test_each_table_is_read_by_its_name(content: bytes) -> None:
    found = read(content)
    assert found.keys() == TABLES.keys()
    assert found["homes"] == [{"id": "A", "home": "no"}, {"id": "B", "home": "no"}]
    assert found["visits"][1] == {"id": "A", "came": "no", "why": "jail", "day": "", "label": "two"}


def test_rows_are_numbered_in_each_table_by_itself() -> None:
    tables = read_tables(zipped(homes="id,home\n\nA,no\n"))
    assert [row.number for row in tables["homes"].rows] == [3]
    assert [row.number for row in tables["visits"].rows] == [2, 3]


def test_a_table_is_unpacked_when_its_turn_comes_and_names_itself_when_it_is_wrong() -> None:
    found = read_tables(zipped(visits=VISITS + "A,yes,,1,one,more\n"))
    with pytest.raises(Unreadable, match="row_too_long: visits: 4"):
        list(found["visits"].rows)


@pytest.mark.parametrize(
    ("changes", "code", "detail"),
    [
        ({"../people": "id\n"}, "bad_table_name", ""),
        ({"a/people.csv": "id\n"}, "bad_table_name", ""),
        ({"C:\\people.csv": "id\n"}, "bad_table_name", ""),
        ({".csv": "id\n"}, "bad_table_name", ""),
        ({"x" * 61: "id\n"}, "bad_table_name", ""),
        ({"люди": "id\n"}, "bad_table_name", ""),
        ({"notes.txt": "id\n"}, "bad_table_name", ""),
        ({"inner.csv.gz": b"\x1f\x8b"}, "bad_table_name", ""),
        ({"People": "id\n"}, "repeated_table", ""),
        ({f"t{number}": "id\n" for number in range(32)}, "too_many_tables", ""),
        ({"homes": b"id,\xff\n"}, "not_utf8", "homes"),
        ({"homes": b"id,\x00\n"}, "not_a_table", "homes"),
        ({"homes": ""}, "no_header", "homes"),
        ({"homes": "id,id\n"}, "repeated_column", "homes: id"),
        ({"homes": ",".join(f"c{number}" for number in range(257))}, "too_many_columns", "homes"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    changes: dict[str, Any], code: str, detail: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        read_tables(zipped(**changes))
    assert (refused.value.code, refused.value.detail) == (code, detail)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_several_tables"),
        (b"id,sex\n1,m\n", "not_several_tables"),
        (b"PK\x03\x04 not a zip", "not_a_workbook"),
        (zipped()[:-30], "not_a_workbook"),
        (zipped(**dict.fromkeys(TABLES)) + b"", "not_several_tables"),
    ],
    ids=["nothing", "one table", "no zip", "cut off", "empty"],
)
def test_what_is_no_packed_file_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_tables(content)
    assert refused.value.code == code


def test_a_file_that_would_unpack_to_too_much_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(visits=b"0" * 20_000_000)
    assert len(bomb) < 25_000
    monkeypatch.setattr(several, "MAX_UNPACKED_CSV", 10_000_000)
    monkeypatch.setattr(several, "csv_lines", lambda content: pytest.fail("unpacked"))
    with pytest.raises(Unreadable) as refused:
        read_tables(bomb)
    assert refused.value.code == "too_large"


def test_a_file_that_understates_its_size_is_read_no_further_than_it_says() -> None:
    """The size stands twice in a ZIP; one that is smaller than what is packed breaks the checksum."""
    content = bytearray(zipped(homes="id,home\n" + "A,no\n" * 1000))
    size = (5008).to_bytes(4, "little")
    while size in content:
        at = content.index(size)
        content[at : at + 4] = (20).to_bytes(4, "little")
    with pytest.raises(Unreadable) as refused:
        read(bytes(content))
    assert refused.value.code == "not_a_workbook"


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "MAX_BYTES", 100)
    with pytest.raises(Unreadable) as refused:
        read_tables(zipped())
    assert refused.value.code == "too_large"


def test_an_encrypted_file_is_refused() -> None:
    content = bytearray(zipped())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + place
        content[at] |= 1
    with pytest.raises(Unreadable) as refused:
        read_tables(bytes(content))
    assert refused.value.code == "encrypted"


def test_a_name_twice_in_a_zip_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("people.csv", "id\n")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("people.csv", "id,sex\n")
    with pytest.raises(Unreadable) as refused:
        read_tables(file.getvalue())
    assert refused.value.code == "repeated_table"


def test_a_broken_sheet_is_refused_in_words() -> None:
    file, broken = io.BytesIO(), io.BytesIO(workbook())
    with zipfile.ZipFile(broken) as whole, zipfile.ZipFile(file, "w") as archive:
        for part in whole.namelist():
            content = whole.read(part)
            archive.writestr(part, content[:40] if part.endswith("sheet2.xml") else content)
    with pytest.raises(Unreadable) as refused:
        read(file.getvalue())
    assert refused.value.code in {"not_a_workbook", "no_header"}


@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_bytes_in_the_middle_of_a_zip_are_read_or_refused(noise: bytes, place: int) -> None:
    content = zipped()
    at = min(place, len(content))
    with suppress(Unreadable):
        read(content[:at] + noise + content[at + len(noise) :])


def test_limits_are_those_of_one_table() -> None:
    assert several.MAX_BYTES == tables.MAX_BYTES
    assert several.MAX_UNPACKED_CSV < tables.MAX_UNPACKED
