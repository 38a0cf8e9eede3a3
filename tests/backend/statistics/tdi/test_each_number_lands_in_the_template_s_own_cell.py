"""The workbook: labels are read again from the sheet that was written, and the rest is the template byte for byte."""

import io
import re
from collections import Counter
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from backend.demo.profiles import profile
from backend.reference.lists import codes
from backend.statistics.tdi import axes, cells, method, package, sums, workbook
from backend.statistics.tdi.rows import Cell, cells_of
from backend.statistics.tdi.tables import TABLES, TOTAL

SHA256 = "ab" * 32
PEOPLE = 250


def people() -> Counter[Cell]:
    rng, told = Random(7), Counter[Cell]()
    for _ in range(PEOPLE):
        told.update(cells_of(profile(rng, year=2026)))
    return told


def document(shown: dict[Cell, int] | Counter[Cell]) -> dict[str, Any]:
    told = [
        {"table": at.table_code, "row": at.row_code, "column": at.column_code, "n": n}
        for at, n in shown.items()
    ]
    scope = {"teams": ["bor", "sabac"], "not_included": ["loznica"]}
    return {"tier": "B", "period": "2026", "scope": scope, "tdi": {"mask": "0-4", "cells": told}}


def written(shown: dict[Cell, int] | Counter[Cell]) -> bytes:
    return workbook.written(document(shown), number=3, sha256=SHA256)


ALL = people()
NUMBERS = sums.numbers(ALL)
BOOK = written(ALL)
SHEET = load_workbook(io.BytesIO(BOOK)).worksheets[0]


def test_it_opens_and_has_one_sheet_more() -> None:
    names = load_workbook(io.BytesIO(BOOK)).sheetnames
    assert names == [load_workbook(cells.TEMPLATE).sheetnames[0], method.NAME]


def test_every_number_stands_at_its_labels() -> None:
    """The labels of row and column are looked up in the sheet by plain reading, not by the map that wrote it."""
    labelled = _by_label(SHEET)
    for (table, row, column), number in labelled.items():
        spec = TABLES[table]
        at = Cell(table, cells.code_of(spec.rows, row), cells.code_of(spec.columns, column))
        assert number == NUMBERS.get(at) or (number is None and at not in NUMBERS)
    assert sum(number is not None for number in labelled.values()) == len(NUMBERS)
    assert labelled["9.1.1", "1.1 heroin", "outpatient treatment centres"] == ALL[Cell("9.1.1", "1.1", "1")]
    assert labelled["12.1.1", "1.1 heroin", "25-29"] == ALL[Cell("12.1.1", "1.1", "25-29")]
    assert (
        labelled["26.1.1", "2.2 tested in the last 12 months", "1. never injected"]
        == ALL[Cell("26.1.1", "2.2", "1")]
    )


def _by_label(sheet: Any) -> dict[tuple[str, str, str], int | None]:
    found: dict[tuple[str, str, str], int | None] = {}
    table, header = "", {}
    for row in sheet.iter_rows(min_row=171):
        label = cells.normal(row[0].value)
        if number := re.match(r"(\d+\.\d+\.\d+) ", label):
            table, header = number[1], {}
        elif table in TABLES and not label and not header:
            header = {cell.column: cells.normal(cell.value) for cell in row if cell.value is not None}
        elif not label or label.startswith(("note", "1 - please")):
            table = ""
        elif table in TABLES:
            found |= {
                (table, label, header[cell.column]): cell.value for cell in row if cell.column in header
            }
    return found


@pytest.mark.parametrize("table", ["9.1.1", "10.1.2", "19.1.1", "22.1.1", "25.1.6", "29.1.1"])
def test_substances_add_up_to_their_groups(table: str) -> None:
    place = cells.template().places[table]
    for letter in place.columns.values():
        for group, members in axes.groups().items():
            parts = [SHEET[f"{letter}{place.rows[member]}"].value or 0 for member in members]
            assert (SHEET[f"{letter}{place.rows[group]}"].value or 0) == sum(parts)


@pytest.mark.parametrize("table", [code for code in TABLES if not TABLES[code].counts_persons_apart])
def test_rows_and_columns_add_up_to_their_totals(table: str) -> None:
    place, spec = cells.template().places[table], TABLES[table]
    rows, columns = axes.leaves(spec.rows), axes.leaves(spec.columns)
    inside = sum(SHEET[place.at(row, column)].value or 0 for row in rows for column in columns)
    assert (SHEET[place.at(TOTAL, TOTAL)].value or 0) == inside
    assert inside == sum(n for at, n in ALL.items() if at.table_code == table)


def test_every_table_of_all_entrants_counts_everybody_once() -> None:
    for table in ("8.1.1", "9.1.1", "12.1.1", "13.1.1", "21.1.1", "26.1.1"):
        assert SHEET[cells.template().places[table].at(TOTAL, TOTAL)].value == PEOPLE


def test_persons_with_several_drugs_are_counted_once_in_the_total() -> None:
    place = cells.template().places["22.1.1"]
    assert SHEET[place.at(TOTAL, TOTAL)].value == PEOPLE
    rows = sum(SHEET[place.at(row, TOTAL)].value or 0 for row in axes.leaves("any_drug"))
    assert rows > PEOPLE


def test_nothing_else_of_the_template_changed() -> None:
    before, after = package.parts_of(cells.template_bytes()), package.parts_of(BOOK)
    assert after.keys() - before.keys() == {package.ADDED}
    same = before.keys() - {package.SHEET, package.WORKBOOK, package.RELATIONS, package.TYPES}
    assert all(after[name] == before[name] for name in same)
    assert "xl/media/image1.jpeg" in same
    assert _rest(after[package.SHEET].decode()) == _rest(before[package.SHEET].decode())


def _rest(sheet: str) -> str:
    """The sheet without what is in the cells meant for numbers, and without the row of remarks."""
    meant = cells.template().meant
    without = re.sub(r'<row r="169">.*?</row>', "", sheet)
    pattern = r'<c r="([A-Z]+\d+)"((?: s="\d+")?)(?: t="\w+")?(?:/>|><v>[^<]*</v></c>)'
    return re.sub(pattern, lambda cell: f"<c {cell[1]}{cell[2]}>" if cell[1] in meant else cell[0], without)


def test_what_cannot_be_filled_is_empty_and_says_so() -> None:
    for table, coordinates in cells.template().unfilled.items():
        assert table.rsplit(".", 1)[0] in {"3.1", "11.1"}
        assert all(SHEET[at].value is None for at in coordinates)
    said = "\n".join(
        f"{row[0].value}: {row[1].value}" for row in load_workbook(io.BytesIO(BOOK))[method.NAME]
    )
    assert "left empty: 11.1: means of exact ages" in said


def test_it_says_what_it_is_not_in_three_languages() -> None:
    said = [row[1].value for row in load_workbook(io.BytesIO(BOOK))[method.NAME]]
    assert said[1].startswith(
        "This is not a TDI report. Referrals are not treatment entries, and the service does not"
    )
    assert said[2].startswith("Ovo nije izveštaj TDI.")
    assert said[3].startswith("Ово није извештај ТДИ.")
    assert f"release 3, SHA-256 {SHA256}" in said
    assert "2 of 3" in said
    assert "does not file TDI" in SHEET["A169"].value
    assert SHEET["A168"].value.startswith("7.1.1 Remarks")


def test_a_masked_cell_is_empty_and_in_no_sum() -> None:
    shown = {Cell("9.1.1", "1.1", "1"): 12, Cell("9.1.1", "1.3", "2"): 7}
    sheet = load_workbook(io.BytesIO(written(shown))).worksheets[0]
    place = cells.template().places["9.1.1"]
    assert sheet[place.at("1.2", "1")].value is None
    assert [sheet[place.at("1", column)].value for column in ("1", "2", "3", TOTAL)] == [12, 7, None, 19]
    assert sheet[place.at(TOTAL, TOTAL)].value == 19
    assert all(sheet[at].value is None for at in cells.template().places["9.1.2"].coordinates)


def test_the_same_release_gives_the_same_bytes() -> None:
    assert written(ALL) == BOOK


def test_a_release_without_such_tables_has_no_workbook() -> None:
    with pytest.raises(workbook.NoTables):
        workbook.written({**document({}), "tdi": None}, number=1, sha256=SHA256)


def test_a_cell_that_no_table_has_is_refused() -> None:
    with pytest.raises(KeyError):
        written({Cell("99.1.1", "1", "1"): 9})


def test_a_template_with_other_lines_is_refused() -> None:
    sheet = load_workbook(cells.TEMPLATE).worksheets[0]
    sheet["A213"].value = " 1.9 something new "
    with pytest.raises(cells.StrangeTemplate, match=r"table 9\.1\.1"):
        cells.read(sheet)
    sheet["A213"].value = "heroin"
    with pytest.raises(cells.StrangeTemplate, match="no code for 'heroin'"):
        cells.read(sheet)
    sheet["A210"].value = None
    with pytest.raises(cells.StrangeTemplate, match=r"no table 9\.1\.1"):
        cells.read(sheet)


def test_every_table_that_an_item_names_is_filled_or_said_to_be_empty() -> None:
    named = {table for field in codes("tdi_fields").values() for table in field.values("tdi_tables")}
    sections = {code.rsplit(".", 1)[0] for code in TABLES} | method.NOT_FILLED.keys()
    assert named - sections == {"2.1"}  # the year, which stands on the added sheet
