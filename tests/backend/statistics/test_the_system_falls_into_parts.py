"""Numbers that share no atom have nothing to do with each other, and each part is attacked by itself."""

from math import inf

import pytest

from backend.statistics.disclosure.known import Number, equal, part
from backend.statistics.disclosure.system import System, system

NUMBERS = [
    Number({"a": 1}, 0, 7, "a"),
    Number({"a": 1, "b": 1}, 3, 9, "a+b"),
    Number({"c": 1}, 0, 7, "c"),
    Number({"d": 1, "e": 1}, 2, 8, "d+e"),
]


def parts_of(whole: System) -> set[frozenset[str]]:
    """The names of the atoms of each part."""
    numbers = set(whole.component)
    return {
        frozenset(atom for atom, mine in zip(whole.atoms, whole.component, strict=True) if mine == number)
        for number in numbers
    }


def test_atoms_of_one_number_are_in_one_part() -> None:
    assert parts_of(system(NUMBERS)) == {frozenset("ab"), frozenset("c"), frozenset("de")}


@pytest.mark.parametrize("rule", [equal(["b"], ["c"]), part(["c"], ["a"])], ids=["equal", "part"])
def test_a_rule_joins_parts(rule: Number) -> None:
    assert parts_of(system([*NUMBERS, rule])) == {frozenset("abc"), frozenset("de")}


def test_a_withheld_number_still_joins_what_it_counts() -> None:
    withheld = Number({"b": 1, "d": 1}, 0, inf, "withheld")
    assert parts_of(system([*NUMBERS, withheld])) == {frozenset("abde"), frozenset("c")}


def test_a_long_chain_is_one_part() -> None:
    chain = [Number({f"x{at}": 1, f"x{at + 1}": 1}, 0, 9) for at in range(200)]
    assert len(parts_of(system(chain))) == 1


def test_every_atom_knows_its_rows() -> None:
    whole = system(NUMBERS)
    rows = {atom: whole.columns[at] for atom, at in whole.position.items()}
    assert rows == {"a": [(0, 1), (1, 1)], "b": [(1, 1)], "c": [(2, 1)], "d": [(3, 1)], "e": [(3, 1)]}


def test_a_part_by_itself_keeps_its_rows_and_their_names() -> None:
    whole = system(NUMBERS)
    alone, place = whole.restricted(whole.component[whole.position["b"]])
    assert list(alone.atoms) == ["a", "b"]
    assert list(alone.names) == ["a", "a+b"]
    assert (alone.low, alone.high) == ([0, 3], [7, 9])
    assert [alone.atoms[place[whole.position[atom]]] for atom in "ab"] == ["a", "b"]


def test_the_parts_of_some_atoms_are_found_and_unknown_atoms_left_out() -> None:
    whole = system(NUMBERS)
    assert whole.parts(["a", "b"]) == {whole.component[whole.position["a"]]}
    assert len(whole.parts(["a", "c", "e"])) == 3
    assert whole.parts(["unheard of"]) == frozenset()


def test_what_is_known_is_taken_from_every_row() -> None:
    shifted = system([*NUMBERS, Number({"a": 2, "c": -1}, 0, inf)]).without({"a": 2, "e": 1})
    assert list(shifted.low) == [-2, 1, 0, 1, -4]
    assert list(shifted.high) == [5, 7, 7, 7, inf]


def test_knowing_nothing_changes_nothing() -> None:
    whole = system(NUMBERS)
    shifted = whole.without({})
    assert (list(shifted.low), list(shifted.high)) == (list(whole.low), list(whole.high))
    assert shifted.component == whole.component


def test_no_numbers_are_a_system_without_atoms() -> None:
    assert system([]).component == []
