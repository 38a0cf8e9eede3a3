"""The shipped p-table is the one that its constraints give, and it is that of the design."""

import hashlib
from collections.abc import Mapping
from math import log

import pytest

from backend.statistics.disclosure import max_entropy, ptable
from backend.statistics.disclosure.max_entropy import KEYS, LAST, probabilities, shares_of_keys

SHA256 = "cf5c581c0e0b108c54796007fec9ca3978c9dc202b7f6470ba5f7b194bc6fb61"
DESIGN = {
    0: {0: 1},
    1: {0: 0.6667, 3: 0.3333},
    2: {0: 0.3333, 3: 0.6667},
    3: {0: 0.1479, 3: 0.5083, 4: 0.2564, 5: 0.0748, 6: 0.0126},
    4: {3: 0.5749, 4: 0.1574, 5: 0.0785, 6: 0.0713, 7: 0.1179},
    5: {3: 0.1676, 4: 0.2333, 5: 0.2440, 6: 0.1917, 7: 0.1132, 8: 0.0502},
    6: {3: 0.0374, 4: 0.1119, 5: 0.2161, 6: 0.2692, 7: 0.2161, 8: 0.1119, 9: 0.0374},
}
ABOVE_ZERO = range(1, LAST + 1)


def moment(row: Mapping[int, float], power: int) -> float:
    return sum(share * noise**power for noise, share in row.items())


@pytest.mark.parametrize("count", DESIGN)
def test_the_chances_are_those_of_the_design(count: int) -> None:
    chances = {count + noise: round(chance, 4) for noise, chance in probabilities(count).items()}
    assert chances == DESIGN[count]


@pytest.mark.parametrize("count", ABOVE_ZERO)
def test_the_exact_chances_have_mean_0_and_variance_2(count: int) -> None:
    row = probabilities(count)
    assert sum(row.values()) == pytest.approx(1, abs=1e-9)
    assert moment(row, 1) == pytest.approx(0, abs=1e-9)
    assert moment(row, 2) == pytest.approx(2, abs=1e-9)


@pytest.mark.parametrize("count", ABOVE_ZERO)
def test_so_do_the_whole_numbers_of_keys_nearly(count: int) -> None:
    row = ptable.ours().rows[count]
    assert sum(row.values()) == KEYS
    assert moment(row, 1) / KEYS == pytest.approx(0, abs=0.001)
    assert moment(row, 2) / KEYS == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("count", range(LAST + 10))
def test_nothing_is_published_as_1_or_2_or_less_than_nothing(count: int) -> None:
    support = ptable.ours().support(count)
    assert not support & {1, 2}
    assert min(support) >= 0


def test_an_empty_cell_stays_empty() -> None:
    assert ptable.ours().support(0) == {0}
    assert all(ptable.ours().noise(0, key) == 0 for key in range(KEYS))


def test_each_row_is_drawn_from_all_keys_in_the_shares_it_says() -> None:
    table = ptable.ours()
    for count, row in enumerate(table.rows):
        drawn = [table.noise(count, key) for key in range(table.keys)]
        assert {noise: drawn.count(noise) for noise in row} == row


def test_every_greater_count_has_the_noise_of_the_last_row() -> None:
    table = ptable.ours()
    assert [table.noise(1000, key) for key in range(KEYS)] == [table.noise(LAST, key) for key in range(KEYS)]


def test_the_shipped_file_is_what_its_constraints_give() -> None:
    assert ptable.FILE.read_text() == max_entropy.as_csv()
    assert hashlib.sha256(ptable.FILE.read_bytes()).hexdigest() == SHA256 == ptable.ours().sha256


def test_no_other_chances_with_the_same_moments_have_more_entropy() -> None:
    """Any small step that keeps sum, mean and variance lowers the entropy: sums of log p along it vanish."""
    row = probabilities(LAST)
    step = {-3: -1, -2: 2, -1: 1, 0: -4, 1: 1, 2: 2, 3: -1}
    assert [sum(weight * noise**k for noise, weight in step.items()) for k in (0, 1, 2)] == [0, 0, 0]
    assert sum(weight * log(row[noise]) for noise, weight in step.items()) == pytest.approx(0, abs=1e-9)


def test_shares_add_up_for_chances_that_no_whole_numbers_meet() -> None:
    assert shares_of_keys({0: 1.0}) == {0: KEYS}
    assert sum(shares_of_keys({-1: 1 / 3, 0: 1 / 3, 1: 1 / 3}).values()) == KEYS


def test_a_table_that_leaves_out_keys_or_changes_the_order_is_refused() -> None:
    with pytest.raises(ValueError, match="every cell key"):
        ptable.read(["count,noise,keys", "0,0,4096", "1,-1,4000"], "")
    with pytest.raises(ValueError, match="ascending"):
        ptable.read(["count,noise,keys", "0,1,1", "0,0,1"], "")
