"""Where one person stands in the TDI tables, and that nobody stands where the template has no cell."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.demo.profiles import profile
from backend.statistics.tdi import axes, tables
from backend.statistics.tdi.rows import Cell, cells_of
from backend.statistics.tdi.tables import TABLES

HEROIN = {"primary_drug": "11", "sex": "2", "age_band": "18-19", "treatment_status": "1"}


def of(table: str, items: Any) -> set[tuple[str, str]]:
    return {(cell.row_code, cell.column_code) for cell in cells_of(items) if cell.table_code == table}


def test_a_person_without_a_primary_drug_counts_nowhere() -> None:
    assert cells_of({"sex": "1", "age_band": "30-34"}) == ()
    assert cells_of({"primary_drug": None}) == ()


def test_a_primary_drug_that_is_not_known_has_its_row() -> None:
    assert of("9.1.1", {"primary_drug": "99"}) == {("99", "99")}


def test_the_finer_bands_of_this_service_fold_into_those_of_the_template() -> None:
    assert of("12.1.1", HEROIN) == {("1.1", "15-19")}
    assert of("12.1.1", {**HEROIN, "age_band": "15-17"}) == {("1.1", "15-19")}


@pytest.mark.parametrize(
    ("status", "there"), [("1", ["10.1.1", "10.1.2"]), ("2", ["10.1.1", "10.1.3"]), ("99", ["10.1.1"])]
)
def test_earlier_treatment_decides_about_the_second_and_third_table(status: str, there: list[str]) -> None:
    items = {**HEROIN, "treatment_status": status}
    assert [cell.table_code for cell in cells_of(items) if cell.table_code.startswith("10.1")] == there


def test_sex_decides_about_the_second_and_third_table_of_living() -> None:
    assert of("14.1.3", HEROIN) == {("1", "99")}
    assert of("14.1.2", HEROIN) == set()


def test_several_drugs_are_several_rows_and_one_person_in_the_total() -> None:
    items = {**HEROIN, "secondary_drugs": ["12", "80", "11"], "injecting": "2.3"}
    assert of("22.1.1", items) == {("1.1", "2.3"), ("1.2", "2.3"), ("total", "2.3")}
    assert of("25.1.6", items) == {("1.2", "1.1"), ("8", "1.1"), ("1.1", "1.1"), ("total", "1.1")}


@pytest.mark.parametrize(
    ("secondary", "cell"),
    [(["70", "80"], ("9", "6")), (["70"], ("11", "6")), (["none"], ("11", "11")), (None, ("12", "12"))],
)
def test_the_first_secondary_drug_is_the_column_and_the_second_the_row(
    secondary: object, cell: tuple[str, str]
) -> None:
    assert of("25.1.1", {**HEROIN, "secondary_drugs": secondary}) == {cell}


@pytest.mark.parametrize(
    ("drug", "table"),
    [
        ("12", "25.1.1"),
        ("22", "25.1.2"),
        ("33", "25.1.3"),
        ("71", "25.1.4"),
        ("42", "25.1.5"),
        ("99", "25.1.5"),
    ],
)
def test_each_group_of_drugs_has_its_table_of_secondary_drugs(drug: str, table: str) -> None:
    found = {
        cell.table_code for cell in cells_of({"primary_drug": drug}) if cell.table_code.startswith("25.1")
    }
    assert found == {table, "25.1.6"}


def test_years_are_asked_only_where_there_was_a_first_time() -> None:
    assert of("23.1.1", {**HEROIN, "injecting": "1"}) == set()
    assert of("23.1.1", {**HEROIN, "injecting": "2.1"}) == {("15-19", "99")}
    assert of("29.1.2", {**HEROIN, "ost_status": "1"}) == set()
    assert of("29.1.2", {**HEROIN, "ost_status": "3", "years_since_first_ost": "gt15"}) == {
        ("heroin", "gt15")
    }


@pytest.mark.parametrize(
    ("drug", "row"), [("15", "other_opioids"), ("21", "2"), ("31", "3"), ("70", "other"), ("99", "99")]
)
def test_the_rows_of_substitution_are_their_own(drug: str, row: str) -> None:
    assert of("29.1.2", {"primary_drug": drug, "ost_status": "2"}) == {(row, "99")}


def test_a_value_that_the_list_does_not_know_counts_as_not_known() -> None:
    assert of("10.1.1", {**HEROIN, "sex": "someone"}) == {("1.1", "99")}
    assert of("19.1.1", {**HEROIN, "route": ["1"]}) == {("1.1", "99")}


def test_the_groups_of_drugs_are_those_of_the_template() -> None:
    assert list(axes.groups()) == ["1", "2", "3", "4", "5", "7"]
    assert axes.groups()["2"] == ("2.1", "2.2", "2.3")


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_everybody_stands_on_known_lines_and_once_in_each_table_of_single_rows(seed: int) -> None:
    cells = cells_of(profile(Random(seed), year=2026))
    assert len(set(cells)) == len(cells)
    for cell in cells:
        table = TABLES[cell.table_code]
        assert cell.row_code in (*axes.leaves(table.rows), tables.TOTAL)
        assert cell.column_code in axes.leaves(table.columns)
        assert (cell.row_code == tables.TOTAL) <= table.counts_persons_apart
    once = [cell.table_code for cell in cells if not TABLES[cell.table_code].counts_persons_apart]
    assert len(set(once)) == len(once)
    assert Cell("9.1.1", *_place(cells)) in cells


def _place(cells: tuple[Cell, ...]) -> tuple[str, str]:
    return next((cell.row_code, cell.column_code) for cell in cells if cell.table_code == "9.1.1")
