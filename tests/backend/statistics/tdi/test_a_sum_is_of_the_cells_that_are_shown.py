"""Groups and totals of the workbook: sums of shown cells, in rows and in columns, and nothing of what is hidden."""

import pytest

from backend.statistics.tdi import cells, sums
from backend.statistics.tdi.rows import Cell
from backend.statistics.tdi.tables import TABLES, TOTAL


def made(table: str, **shown: int) -> dict[tuple[str, str], int]:
    """Sum cells given as `row__column`, with `_` for a dot in a code."""
    told = {
        Cell(table, *(part.replace("_", ".") for part in name.removeprefix("r").split("__"))): n
        for name, n in shown.items()
    }
    return {(at.row_code, at.column_code): n for at, n in sums.numbers(told).items()}


def test_a_cell_counts_in_its_group_its_row_and_its_column() -> None:
    found = made("10.1.1", r1_1__1=12, r1_2__2=7)
    assert found == {
        ("1.1", "1"): 12, ("1.1", TOTAL): 12, ("1", "1"): 12, (TOTAL, "1"): 12,
        ("1.2", "2"): 7, ("1.2", TOTAL): 7, ("1", "2"): 7, (TOTAL, "2"): 7,
        ("1", TOTAL): 19, (TOTAL, TOTAL): 19,
    }  # fmt: skip


def test_a_row_that_is_its_own_group_is_counted_once() -> None:
    found = made("10.1.1", r6__1=9, r9__1=5)
    assert found["6", "1"] == 9
    assert found[TOTAL, "1"] == 14


def test_nothing_shown_is_nothing_said() -> None:
    assert sums.numbers({}) == {}
    assert all(place[0] != "2" for place in made("10.1.1", r1_1__1=12))


def test_persons_in_several_rows_are_never_added_up() -> None:
    found = made("22.1.1", r1_1__1=12, r7_1__1=8, rtotal__1=15)
    assert found["1", "1"] == 12
    assert found[TOTAL, "1"] == 15
    assert found[TOTAL, TOTAL] == 15


def test_without_a_shown_total_of_persons_there_is_none() -> None:
    found = made("22.1.1", r1_1__1=12, r7_1__1=8)
    assert not [place for place in found if place[0] == TOTAL]


def test_columns_of_drugs_have_groups_too() -> None:
    found = made("25.1.6", r7_1__1_1=6, r7_1__1_2=5)
    assert found["7.1", "1"] == 11
    assert found["7", "1"] == 11
    assert found["7.1", TOTAL] == 11


def test_a_table_of_groups_has_no_groups_of_groups() -> None:
    found = made("13.1.1", r1__2=10, r7__2=6)
    assert found == {
        ("1", "2"): 10,
        ("7", "2"): 6,
        (TOTAL, "2"): 16,
        ("1", TOTAL): 10,
        ("7", TOTAL): 6,
        (TOTAL, TOTAL): 16,
    }


def test_tables_do_not_mix() -> None:
    told = {Cell("10.1.1", "1.1", "1"): 12, Cell("10.1.2", "1.1", "1"): 5}
    found = sums.numbers(told)
    assert found[Cell("10.1.1", TOTAL, TOTAL)] == 12
    assert found[Cell("10.1.2", TOTAL, TOTAL)] == 5


@pytest.mark.parametrize("table", TABLES)
def test_every_line_that_is_summed_has_its_place_in_the_template(table: str) -> None:
    place, spec = cells.template().places[table], TABLES[table]
    assert sums.row_lines(spec).keys() <= place.rows.keys()
    assert cells.lines(spec.columns).keys() <= place.columns.keys()
    assert len(set(place.coordinates)) == len(place.rows) * len(place.columns)


@pytest.mark.parametrize("table", TABLES)
def test_no_two_tables_share_a_cell(table: str) -> None:
    own = set(cells.template().places[table].coordinates)
    assert all(
        own.isdisjoint(place.coordinates) for code, place in cells.template().places.items() if code != table
    )
