"""The comparison of methods measures what it says: plain hiding gives cells back, noise and masks do not."""

import random

import pytest

from benchmarks import statistics_methods as methods
from benchmarks.simulated_years import facts_of_a_year

FACTS = [fact for fact in facts_of_a_year(random.Random(0)) if fact.quarter == methods.QUARTER]


@pytest.mark.parametrize("name", methods.METHODS)
def test_every_small_cell_is_attacked(name: str) -> None:
    small = [count for count in methods.table_of(FACTS).values() if 0 < count < methods.HIDE_BELOW]
    found = methods.learnt(FACTS, methods.METHODS[name])
    assert found["small"] == len(small) > 0
    assert found["recovered"] <= found["present"] <= found["small"]


def test_noise_and_masks_give_no_cell_back() -> None:
    for method in list(methods.METHODS)[2:]:
        assert methods.learnt(FACTS, methods.METHODS[method])["recovered"] == 0


def test_further_cells_are_hidden_until_no_line_hides_one_alone() -> None:
    once, further = (methods.suppressed(FACTS, further=yes) for yes in (False, True))
    assert hidden(further) > hidden(once)
    names = {
        atom
        for number in further
        if len(number.atoms) == 1 and number.low < number.high
        for atom in number.atoms
    }
    assert all(len(names & set(line)) != 1 for line in methods.lines()[:-1])


def hidden(numbers: list[methods.Number]) -> int:
    return sum(number.low < number.high for number in numbers)


def test_the_true_counts_fit_what_each_method_shows() -> None:
    table = methods.table_of(FACTS)
    for protect in methods.METHODS.values():
        assert all(number.low <= number.value(table) <= number.high for number in protect(FACTS))


def test_the_command_prints_a_line_for_each_method(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["statistics_methods", "--tables", "1"])
    methods.main()
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        name.split(":")[0] for name in methods.METHODS
    ]
