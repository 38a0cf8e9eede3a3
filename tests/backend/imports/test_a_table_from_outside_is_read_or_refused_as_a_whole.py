"""CSV and XLSX in, rows of text out; anything that would have to be guessed is refused with its reason."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from backend.imports import tables
from backend.imports.errors import Unreadable
from backend.imports.tables import read_rows


def read(content: bytes) -> list[dict[str, str]]:
    return [row.cells for row in read_rows(content)[1]]


def workbook(*lines: list[object]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_with_either_delimiter_and_line_end(mark: bytes, delimiter: str, end: str) -> None:
    text = end.join(delimiter.join(line) for line in (["key", "grad"], ["1", " Бор "], ["2", "Šabac"])) + end
    assert read(mark + text.encode()) == [{"key": "1", "grad": "Бор"}, {"key": "2", "grad": "Šabac"}]


def test_a_workbook_is_read_as_the_same_text() -> None:
    content = workbook(["key", "age"], [1, "25-29"], [2.0, None], [3.5, True])
    assert read(content) == [
        {"key": "1", "age": "25-29"},
        {"key": "2", "age": ""},
        {"key": "3.5", "age": "True"},
    ]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    assert [row.number for row in read_rows(b"key\n1\n\n2\n")[1]] == [2, 4]


def test_short_rows_are_filled_with_nothing() -> None:
    assert read(b"key,a,b\n1,x\n") == [{"key": "1", "a": "x", "b": ""}]


def test_a_quoted_cell_keeps_its_comma_and_line_break() -> None:
    assert read(b'key,a\n1,"x, y\nz"\n') == [{"key": "1", "a": "x, y\nz"}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_header"),
        (b"\n\n", "no_header"),
        (b"a,a\n1,2\n", "repeated_column"),
        (b"a\n\xff\xfe\n", "not_utf8"),
        (b"a\nx\x00\n", "not_a_table"),
        (b"a,b\n1,2,3\n", "row_too_long"),
        (b'a\n"open', "not_a_table"),
        (b"a\n" + b"x" * 1001 + b"\n", "cell_too_long"),
        (b",".join(b"c%d" % n for n in range(257)), "too_many_columns"),
        (b"PK\x03\x04 not a zip", "not_a_workbook"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.code == code


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(Unreadable) as refused:
        read(file.getvalue())
    assert refused.value.code == "not_a_workbook"


def test_a_workbook_that_would_unpack_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 100)
    with pytest.raises(Unreadable) as refused:
        read(workbook(["a"], ["b"]))
    assert refused.value.code == "too_large"


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 4)
    with pytest.raises(Unreadable) as refused:
        read(b"key\n1\n")
    assert refused.value.code == "too_large"


def test_a_formula_is_text_and_is_never_computed() -> None:
    assert read(b"key,a\n1,=1+1\n") == [{"key": "1", "a": "=1+1"}]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    try:
        rows = read(content)
    except Unreadable:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.values())
