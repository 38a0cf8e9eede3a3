"""From the true table a few moves lead to others that fit; where they are not found, nothing is claimed."""

from collections.abc import Sequence
from itertools import product

import pytest

from backend.statistics.disclosure.known import Number
from backend.statistics.disclosure.system import system
from backend.statistics.disclosure.witness import Tables

SQUARE = {"00": 2, "01": 3, "10": 4, "11": 1}


def tables(numbers: Sequence[Number], truth: dict[str, int]) -> tuple[Tables, dict[str, int]]:
    """The true table, and where each atom stands in it."""
    whole = system(numbers)
    return Tables(whole, [truth[atom] for atom in whole.atoms]), dict(whole.position)


def exact_margins(truth: dict[str, int]) -> list[Number]:
    """Cells from 0 to 9, all sums of rows and columns as they are."""
    cells = [Number({name: 1}, 0, 9) for name in truth]
    lines = [[name for name in truth if name[at] == of] for at, of in product((0, 1), "01")]
    sums = [sum(truth[name] for name in line) for line in lines]
    return cells + [
        Number(dict.fromkeys(line, 1), total, total) for line, total in zip(lines, sums, strict=True)
    ]


def test_a_cell_alone_moves_through_its_interval() -> None:
    found, place = tables([Number({"x": 1}, 1, 7)], {"x": 3})
    assert found.moved([place["x"]], -1, 9)[0] == 2
    assert found.moved([place["x"]], 1, 9) == (4, {place["x"]: 7})


def test_no_further_than_wanted() -> None:
    found, place = tables([Number({"x": 1}, 0, 7)], {"x": 3})
    assert found.moved([place["x"]], 1, 2) == (2, {place["x"]: 5})
    assert found.moved([place["x"]], 1, 0) == (0, {})


def test_nothing_counts_less_than_nothing() -> None:
    found, place = tables([Number({"x": 1}, -5, 7)], {"x": 1})
    assert found.moved([place["x"]], -1, 9)[0] == 1


def test_a_sum_that_must_hold_is_repaired_by_another_cell() -> None:
    found, place = tables([Number({"x": 1, "y": 1}, 5, 5)], {"x": 2, "y": 3})
    assert found.moved([place["x"]], 1, 9) == (3, {place["x"]: 5, place["y"]: 0})


def test_in_a_square_with_exact_margins_four_cells_move_together() -> None:
    found, place = tables(exact_margins(SQUARE), SQUARE)
    far, changes = found.moved([place["00"]], 1, 9)
    assert far == 3  # until "01" is used up
    assert {atom: changes[at] for atom, at in place.items()} == {"00": 5, "01": 0, "10": 1, "11": 4}


def test_a_rule_of_parts_is_kept() -> None:
    numbers = [Number({"helped": 1}, 0, 7), Number({"all": 1, "helped": -1}, 0, 9), Number({"all": 1}, 3, 4)]
    found, place = tables(numbers, {"helped": 2, "all": 3})
    far, changes = found.moved([place["helped"]], 1, 9)
    assert far == 2
    assert changes == {place["helped"]: 4, place["all"]: 4}


def test_the_sum_of_several_atoms_moves_by_any_of_them() -> None:
    numbers = [Number({"x": 1}, 0, 3), Number({"y": 1}, 0, 4)]
    found, place = tables(numbers, {"x": 2, "y": 2})
    assert found.moved([place["x"], place["y"]], 1, 9)[0] == 3
    assert found.moved([place["x"], place["y"]], -1, 9)[0] == 4


def test_afterwards_the_table_is_the_true_one_again() -> None:
    found, place = tables(exact_margins(SQUARE), SQUARE)
    before = list(found.values), list(found.sums)
    for at in place.values():
        found.moved([at], 1, 9)
        found.moved([at], -1, 9)
    assert (found.values, found.sums) == before


def test_what_cannot_move_is_not_claimed_to() -> None:
    found, place = tables([Number({"x": 1}, 3, 3), Number({"x": 1, "y": 1}, 5, 5)], {"x": 3, "y": 2})
    assert found.moved([place["y"]], 1, 9) == (0, {})
    assert found.moved([place["y"]], -1, 9) == (0, {})


def test_a_row_of_hundreds_of_cells_is_repaired_too() -> None:
    names = [f"x{at}" for at in range(300)]
    numbers = [*(Number({name: 1}, 0, 7) for name in names), Number(dict.fromkeys(names, 1), 600, 600)]
    found, place = tables(numbers, dict.fromkeys(names, 2))
    assert found.moved([place["x7"]], 1, 3)[0] == 3


@pytest.mark.parametrize("truth", [{"x": 8}, {"x": -1}], ids=["outside", "below nothing"])
def test_a_table_that_does_not_fit_is_refused(truth: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        tables([Number({"x": 1}, -3, 7)], truth)
