"""On tables small enough to write all of them down, solver, witness and gate agree with writing them down."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from backend.statistics.disclosure import gate
from backend.statistics.disclosure.attacker import Attacker, Unsolved
from backend.statistics.disclosure.demands import RULES
from backend.statistics.disclosure.known import Number, equal, part
from backend.statistics.disclosure.masks import Tier
from backend.statistics.disclosure.system import System, system
from backend.statistics.disclosure.witness import Tables

ROOM = some.integers(0, 2)
Table = dict[str, int]


@some.composite
def published(draw: some.DrawFn) -> tuple[list[Number], Table]:
    """A table of two by two or three, an interval for every cell, and intervals for some sums of any kind."""
    rows, columns = 2, draw(some.integers(2, 3))
    names = [f"{row}{column}" for row in range(rows) for column in range(columns)]
    truth = {name: draw(some.integers(0, 4)) for name in names}
    lines = [[name for name in names if name[at] == str(of)] for at, of in ((0, 0), (0, 1), (1, 0), (1, 1))]
    sums = [[name] for name in names] + [line for line in [*lines, names] if draw(some.booleans())]
    numbers = [interval(draw, dict.fromkeys(atoms, 1), truth, str(atoms)) for atoms in sums]
    if draw(some.booleans()):
        numbers.append(interval(draw, {names[0]: 2, names[1]: 1, names[2]: -1}, truth, ""))
    return numbers, truth


def interval(draw: some.DrawFn, atoms: Table, truth: Table, name: str) -> Number:
    value = Number(atoms, 0, 0).value(truth)
    return Number(atoms, value - draw(ROOM), value + draw(ROOM), name)


def fitting(numbers: Sequence[Number], truth: Table) -> Iterator[Table]:
    """Every table of whole numbers that fits; the first numbers are those of the cells, one by one."""
    cells = [range(max(0, int(number.low)), int(number.high) + 1) for number in numbers[: len(truth)]]
    for values in product(*cells):
        table = dict(zip(truth, values, strict=True))
        if all(number.low <= number.value(table) <= number.high for number in numbers):
            yield table


def extent(whole: System, target: dict[int, int]) -> tuple[int, float]:
    attacker = Attacker(whole)
    return attacker.least(target), attacker.greatest(target)


def targets(whole: System) -> list[dict[int, int]]:
    every = range(len(whole.atoms))
    return [*({at: 1} for at in every), dict.fromkeys(every, 1)]


@settings(max_examples=15, deadline=None)
@given(published())
def test_least_and_greatest_are_those_of_all_tables(given_: tuple[list[Number], Table]) -> None:
    numbers, truth = given_
    tables, whole = list(fitting(numbers, truth)), system(numbers)
    for target in targets(whole):
        sums = [sum(times * table[whole.atoms[at]] for at, times in target.items()) for table in tables]
        assert extent(whole, target) == (min(sums), max(sums))


@settings(max_examples=15, deadline=None)
@given(published())
def test_a_witness_never_goes_further_than_a_table_that_fits(given_: tuple[list[Number], Table]) -> None:
    numbers, truth = given_
    tables, whole = list(fitting(numbers, truth)), system(numbers)
    found = Tables(whole, [truth[atom] for atom in whole.atoms])
    for at, atom in enumerate(whole.atoms):
        true = truth[atom]
        for step in (-1, 1):
            far, changes = found.moved([at], step, 9)
            moved = truth | {whole.atoms[changed]: value for changed, value in changes.items()}
            assert moved in tables
            assert moved[atom] == true + step * far
    assert found.values == [truth[atom] for atom in whole.atoms]


@settings(max_examples=15, deadline=None)
@given(published(), some.sampled_from(["B", "C"]), some.integers(0, 2))
def test_the_gate_names_the_cells_that_all_tables_name(
    given_: tuple[list[Number], Table], tier: Tier, known: int
) -> None:
    numbers, truth = given_
    tables = list(fitting(numbers, truth))
    mine = {atom: min(known, count) for atom, count in truth.items()}
    report = gate.judge(numbers, truth, {"insider": mine}, tier)
    named = {cell.name for cell in report.cells if cell.name in truth}
    assert named == too_well_known(tables, truth, {}, tier) | too_well_known(tables, truth, mine, tier)


def too_well_known(tables: Sequence[Table], truth: Table, own: Table, tier: Tier) -> set[str]:
    """The cells of which somebody with a part of his own learns too much."""
    rule, found = RULES[tier], set()
    allowed = [table for table in tables if all(table[atom] >= own.get(atom, 0) for atom in truth)]
    for atom, count in truth.items():
        others = [table[atom] - own.get(atom, 0) for table in allowed]
        small = count - own.get(atom, 0) < (rule.of_others if own else rule.small)
        if small and not rule.met(min(others), max(others)):
            found.add(atom)
    return found


def test_whole_numbers_are_asked_for_where_fractions_would_mislead() -> None:
    """Three pairs that each hold one: halves would fit a total of one and a half, whole numbers do not."""
    pairs = [Number({a: 1, b: 1}, 0, 1) for a, b in (("x", "y"), ("y", "z"), ("x", "z"))]
    assert extent(system(pairs), {0: 1, 1: 1, 2: 1}) == (0, 1)


def test_what_nothing_bounds_is_infinite() -> None:
    assert extent(system([Number({"x": 1, "y": -1}, 0, float("inf"))]), {0: 1}) == (0, float("inf"))


def test_numbers_that_contradict_each_other_give_no_answer() -> None:
    with pytest.raises(Unsolved):
        extent(system([Number({"x": 1}, 0, 1), Number({"x": 1}, 2, 3)]), {0: 1})


def test_a_rule_that_two_tables_count_the_same_facts_is_used() -> None:
    numbers = [Number({"a": 1, "b": 1}, 3, 5), Number({"c": 1}, 0, 4), equal(["a", "b"], ["c"])]
    assert extent(system(numbers), {0: 1, 1: 1}) == (3, 4)


def test_a_rule_that_one_count_is_part_of_another_is_used() -> None:
    numbers = [Number({"helped": 1}, 0, 7), Number({"all": 1}, 0, 4), part(["helped"], ["all"])]
    assert extent(system(numbers), {0: 1}) == (0, 4)
