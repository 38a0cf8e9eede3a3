"""The solver gives least and greatest, the numbers that hold a count down, and the tables that it came upon."""

from math import inf

import pytest

from backend.statistics.disclosure.attacker import Attacker, Unsolved
from backend.statistics.disclosure.known import Number, equal
from backend.statistics.disclosure.system import system


def attacker(*numbers: Number) -> Attacker:
    return Attacker(system(numbers))


def test_a_cell_that_is_bounded_by_its_own_number() -> None:
    solver = attacker(Number({"x": 1}, 0, 2, "x"), Number({"x": 1, "y": 1}, 0, 50, "all"))
    assert solver.telling({0: 1}) == {"x"}


def test_a_cell_that_is_bounded_by_a_total() -> None:
    solver = attacker(Number({"x": 1}, 0, 7, "x"), Number({"x": 1, "y": 1}, 0, 2, "all"))
    assert solver.telling({0: 1}) == {"all"}


def test_a_cell_that_is_bounded_by_the_rest_of_a_total() -> None:
    solver = attacker(
        Number({"x": 1}, 0, 7, "x"), Number({"y": 1}, 40, 50, "y"), Number({"x": 1, "y": 1}, 38, 42, "all")
    )
    assert solver.greatest({0: 1}) == 2
    assert solver.telling({0: 1}) == {"y", "all"}


def test_rules_have_no_name_and_are_not_told() -> None:
    solver = attacker(Number({"x": 1}, 0, 7, "x"), Number({"y": 1}, 0, 2, "y"), equal(["x"], ["y"]))
    assert solver.telling({0: 1}) == {"y"}


def test_a_number_without_bounds_tells_nothing() -> None:
    assert attacker(Number({"x": 1}, 0, inf, "x")).telling({0: 1}) == frozenset()


def test_contradictions_tell_nothing() -> None:
    assert (
        attacker(Number({"x": 1}, 0, 1, "one"), Number({"x": 1}, 2, 3, "other")).telling({0: 1})
        == frozenset()
    )


def test_every_table_come_upon_fits_and_is_kept() -> None:
    solver = attacker(Number({"x": 1}, 1, 4, "x"), Number({"x": 1, "y": 1}, 3, 6, "all"))
    assert solver.seen([0]) == (inf, -inf)
    assert (solver.least({0: 1}), solver.greatest({0: 1})) == (1, 4)
    assert solver.seen([0]) == (1, 4)
    assert all(1 <= x <= 4 and 3 <= x + y <= 6 for x, y in solver.tables)


def test_many_counts_are_stretched_at_once() -> None:
    names = [f"x{at}" for at in range(20)]
    solver = attacker(*(Number({name: 1}, 0, 7, name) for name in names))
    solver.stretched(dict.fromkeys(range(20), 1.0))
    solver.stretched(dict.fromkeys(range(20), -1.0))
    assert [solver.seen([at]) for at in range(20)] == [(0, 7)] * 20
    assert len(solver.tables) == 2


def test_stretching_what_contradicts_itself_is_no_answer() -> None:
    with pytest.raises(Unsolved):
        attacker(Number({"x": 1}, 0, 1), Number({"x": 1}, 2, 3)).stretched({0: 1.0})


def test_sums_and_coefficients_are_solved_too() -> None:
    solver = attacker(Number({"x": 1}, 0, 3), Number({"y": 1}, 1, 5))
    assert (solver.least({0: 1, 1: 1}), solver.greatest({0: 1, 1: 1})) == (1, 8)
    assert (solver.least({0: 2, 1: -1}), solver.greatest({0: 2, 1: -1})) == (-5, 5)
