"""The workbook as a ZIP with XML in it: what is written into a cell, a row, a sheet, and what is never touched."""

import io
import zipfile

import pytest

from backend.statistics.tdi import cells, method, package
from backend.statistics.tdi.method import About

MEANT = frozenset({"B2", "C2", "D2"})
SHEET = (
    '<row r="1" spans="1:3"><c r="A1" s="4" t="s"><v>7</v></c><c r="B1" s="7"><v>15</v></c></row>'
    '<row r="2" spans="1:3"><c r="B2" s="7"/><c r="C2" s="7" t="s"><v>156</v></c><c r="D2"><v>3</v></c></row>'
)
ABOUT = About(number=3, sha256="ab" * 32, tier="B", period="2026", mask="0-4", included=6, teams=7)


def test_a_number_goes_into_its_cell_and_the_style_stays() -> None:
    written = package.with_numbers(SHEET, {"B2": 12}, meant=MEANT)
    assert '<c r="B2" s="7"><v>12</v></c>' in written


def test_what_the_authors_left_in_a_cell_meant_for_a_number_is_cleared() -> None:
    written = package.with_numbers(SHEET, {}, meant=MEANT)
    assert '<c r="C2" s="7"/>' in written
    assert '<c r="D2"/>' in written
    assert "<v>156</v>" not in written


def test_a_cell_that_is_not_meant_for_a_number_keeps_what_it_has() -> None:
    written = package.with_numbers(SHEET, {"B1": 99, "A1": 99}, meant=MEANT)
    assert written.partition('<row r="2"')[0] == SHEET.partition('<row r="2"')[0]


def test_a_text_comes_in_a_row_of_its_own_below_the_row_before_it() -> None:
    sheet = SHEET.replace('r="2" ', 'r="9" ')
    written = package.with_text(sheet, "A2", "Nije izveštaj <TDI> & nije prijava")
    first, _, rest = written.partition('<row r="2">')
    assert first.endswith("</row>")
    assert "Nije izveštaj &lt;TDI&gt; &amp; nije prijava" in rest
    assert rest.index("</row>") < rest.index('<row r="9"')


def test_a_row_that_is_not_there_is_an_error_and_no_broken_file() -> None:
    with pytest.raises(ValueError, match="substring not found"):
        package.with_text(SHEET, "A40", "nowhere")


def test_a_sheet_is_named_in_all_three_lists_of_the_package() -> None:
    parts = package.parts_of(cells.template_bytes())
    made = package.with_sheet(parts, "Spona method", [("a", "b")])
    assert made[package.WORKBOOK].count(b'name="Spona method"') == 1
    assert made[package.RELATIONS].count(b'Target="worksheets/sheet2.xml"') == 1
    assert made[package.TYPES].count(b'PartName="/xl/worksheets/sheet2.xml"') == 1
    assert list(made)[: len(parts)] == list(parts)


def test_a_package_says_nothing_of_when_it_was_made() -> None:
    packed = package.packed({"one": b"1", "two": b"2"})
    assert packed == package.packed({"one": b"1", "two": b"2"})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {package.WHEN}
    assert package.parts_of(packed) == {"one": b"1", "two": b"2"}


def test_the_protection_of_the_template_stays() -> None:
    sheet = package.parts_of(cells.template_bytes())[package.SHEET].decode()
    written = package.with_numbers(sheet, {}, meant=cells.template().meant)
    assert "<sheetProtection " in written
    assert written.partition("<sheetProtection ")[2] == sheet.partition("<sheetProtection ")[2]


def test_the_method_names_release_mask_and_what_is_left_empty() -> None:
    rows = dict(method.rows(ABOUT))
    assert rows["release"] == f"release 3, SHA-256 {'ab' * 32}"
    assert rows["teams included"] == "6 of 7"
    assert "masked (0-4)" in rows["empty cells"]
    assert {name for name in rows if name.startswith("left empty: ")} == {
        "left empty: 11.1",
        "left empty: 3.1",
    }
    assert all(said for name, said in rows.items() if name)


def test_a_release_that_is_not_published_has_no_number() -> None:
    unpublished = About(**{**{name: getattr(ABOUT, name) for name in About.__slots__}, "number": None})
    assert "release not published" in method.remark(unpublished)
    assert "2026" in method.remark(unpublished)


def test_a_template_that_is_another_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "SHA256", "0" * 64)
    with pytest.raises(cells.StrangeTemplate, match="not the one shipped"):
        cells.template_bytes()


@pytest.mark.parametrize(
    ("axis", "label", "code"),
    [
        ("drug", "1.5 other opioids (1)", "1.5"),
        ("drug", "99. not known / missing", "99"),
        ("drug", "total", "total"),
        ("treatment_status", "3. not known / missing", "99"),
        ("treatment_status", "4. all treatment entrants (1+2+3)", "total"),
        ("with_children", "2.living with children", "2"),
        ("sharing", "2.1. shared but not in the last 12 months", "2.1"),
        ("age_band", ">=65", "ge65"),
        ("age_band", "15-19", "15-19"),
        ("years_since_first_ost", "10", "10"),
        ("years_since_first_ost", "11 to 15", "11-15"),
        ("secondary_first", "12. not known / missing", "12"),
        ("ost_group", "opioids other than heroin", "other_opioids"),
        ("sex", "not known / missing", "99"),
    ],
)
def test_a_label_of_the_template_stands_for_a_code(axis: str, label: str, code: str) -> None:
    assert cells.code_of(axis, label) == code


@pytest.mark.parametrize(
    ("axis", "label"), [("sex", "other"), ("drug", ""), ("age_band", "old"), ("route", "x1.")]
)
def test_a_label_that_stands_for_nothing_is_refused(axis: str, label: str) -> None:
    with pytest.raises(cells.StrangeTemplate, match=f"{axis}: no code"):
        cells.code_of(axis, label)
