"""A workbook opens, says how to cite and to read it in three scripts, and holds no formula and no date of making."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from backend.statistics.exports import workbook
from backend.statistics.exports.edition import Edition
from tests.backend.statistics.exports.documents import cell, edition, table

pytestmark = pytest.mark.pure


def opened(found: Edition) -> Workbook:
    return load_workbook(io.BytesIO(workbook.written(found)))


def rows(book: Workbook, name: str) -> list[tuple[object, ...]]:
    return list(book[name].iter_rows(values_only=True))


def method(found: Edition) -> dict[object, object]:
    return {row[0]: row[1] for row in rows(opened(found), workbook.METHOD)}


def test_the_method_comes_first_and_each_table_has_a_sheet() -> None:
    names = opened(edition(table("people"), table("gaps"))).sheetnames
    assert names == ["Method", "people", "gaps", "medians", "tallies"]


def test_a_table_is_a_line_for_each_row_and_a_mask_stands_in_the_place_of_a_number() -> None:
    cells = (cell("bor", "HR", 12), cell("bor", "total", None, "0-4"), cell("sabac", "HR", 0))
    assert rows(opened(edition(table("t", *cells))), "t") == [
        ("team", "HR", "total"),
        (None, "requested", "requested"),
        ("bor", 12, "0-4"),
        ("sabac", 0, None),
    ]


def test_what_is_no_table_is_listed() -> None:
    book = opened(edition())
    assert rows(book, "tallies") == [("id", "row", "column", "value"), ("syringes_out", "bor", None, 1200)]


def test_it_says_how_to_cite_it_in_three_scripts() -> None:
    said = method(edition())
    for language, word in {"en": "release 3", "sr-Cyrl": "издање 3", "sr-Latn": "izdanje 3"}.items():
        cited = str(said[f"citation ({language})"])
        assert word in cited
        assert "2026-Q3" in cited
        assert "5a" * 32 in cited


def test_it_says_how_to_read_the_masks_of_its_tier() -> None:
    assert "0-4" in str(method(edition())["how to read it (en)"])
    assert "<10" in str(method(edition(tier="C"))["how to read it (sr-Cyrl)"])


def test_it_says_what_is_not_included_and_the_method() -> None:
    said = method(edition())
    assert said["scope: not_included.1"] == "sabac"
    assert said["method: ptable"] == "ab12"
    assert said["notes: 1"] == "A note."
    assert method(edition(number=None))["release"] == "not published"


def test_the_same_release_is_the_same_bytes_and_tells_no_moment() -> None:
    first = workbook.written(edition())
    assert first == workbook.written(edition())
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in packed.read("docProps/core.xml")


@pytest.mark.parametrize("hostile", ["=1+1", "@SUM(A1)", "\x00=1", "+x"], ids=["is", "at", "nul", "plus"])
def test_no_text_is_taken_for_a_formula(hostile: str) -> None:
    sheet = opened(edition(table("t", cell(hostile, "HR", 5))))["t"]
    assert sheet["A3"].data_type == "s"
    assert str(sheet["A3"].value).startswith("'")


def test_names_of_sheets_are_made_fit_and_stay_apart() -> None:
    long = "a" * 40
    names = opened(edition(table(long), table(long.upper()), table("x/y?"), table("method"))).sheetnames
    assert names[1:5] == ["a" * 31, "A" * 29 + " 2", "x_y_", "method 2"]
