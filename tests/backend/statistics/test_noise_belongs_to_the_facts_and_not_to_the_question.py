"""The same facts get the same noise however often and in whatever company they are asked for."""

import random

import pytest

from backend.statistics.disclosure import ptable
from backend.statistics.disclosure.cell_key import cell_key, perturbed

TABLE = ptable.ours()


def test_a_thousand_repeats_give_one_answer() -> None:
    assert len({perturbed(7, 12_345, TABLE) for _ in range(1000)}) == 1


def test_only_the_sum_modulo_4096_matters() -> None:
    assert cell_key(3 * 4096 + 5, TABLE) == 5
    assert perturbed(9, 3 * 4096 + 5, TABLE) == perturbed(9, 5, TABLE)


def test_an_empty_cell_is_published_as_empty_whatever_the_key() -> None:
    assert {perturbed(0, key, TABLE) for key in range(4096)} == {0}


@pytest.mark.parametrize("count", [1, 4, 6, 40])
def test_drawn_keys_give_no_bias(count: int) -> None:
    draws = random.Random(count)
    noise = [perturbed(count, draws.randrange(4096), TABLE) - count for _ in range(20_000)]
    assert sum(noise) / len(noise) == pytest.approx(0, abs=0.05)
    assert sum(x * x for x in noise) / len(noise) == pytest.approx(2, abs=0.1)


def test_one_fact_more_changes_the_key_and_so_nothing_can_be_said_from_the_difference() -> None:
    """The difference of two noisy counts that differ by one person runs over many values."""
    draws = random.Random(1)
    differences = set()
    for _ in range(2000):
        keys = draws.randrange(4096), draws.randrange(4096)
        differences.add(perturbed(11, sum(keys), TABLE) - perturbed(10, keys[0], TABLE))
    assert len(differences) >= 11
