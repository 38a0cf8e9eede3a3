"""What a published number says about the true one is worked out from the p-table, and it is the whole truth."""

from math import inf

import pytest

from backend.statistics.disclosure import ptable
from backend.statistics.disclosure.masks import Shown, Tier, bounds, masked, rounded, shown

COUNTS = range(40)


def all_shown(count: int, tier: Tier) -> set[Shown]:
    return {masked(count, noisy, tier) for noisy in ptable.ours().support(count)}


@pytest.mark.parametrize("tier", ["B", "C"])
def test_bounds_are_the_least_and_greatest_count_that_can_be_shown_so(tier: Tier) -> None:
    meant: dict[Shown, list[int]] = {}
    for count in COUNTS:
        for what in all_shown(count, tier):
            meant.setdefault(what, []).append(count)
    for what, counts in meant.items():
        if what.n is None or what.n < 30:
            assert bounds(what, tier) == (min(counts), max(counts))


@pytest.mark.parametrize(
    ("what", "tier", "expected"),
    [
        (Shown(None, "0-4"), "B", (0, 7)),
        (Shown(5), "B", (3, 8)),
        (Shown(6), "B", (3, 9)),
        (Shown(7), "B", (4, 10)),
        (Shown(8), "B", (5, 11)),
        (Shown(100), "B", (97, 103)),
        (Shown(None, "<10"), "C", (0, 12)),
        (Shown(10), "C", (10, 15)),
        (Shown(15), "C", (10, 20)),
        (Shown(100), "C", (95, 105)),
        (Shown(None, "withheld"), "B", (0, inf)),
    ],
    ids=str,
)
def test_examples(what: Shown, tier: Tier, expected: tuple[int, float]) -> None:
    assert bounds(what, tier) == expected


def test_an_empty_cell_looks_like_a_small_one() -> None:
    assert shown(0, 0, "B") == shown(1, 0, "B") == Shown(None, "0-4")
    assert shown(0, 0, "C") == shown(9, 1500, "C") == Shown(None, "<10")


@pytest.mark.parametrize("count", range(10))
def test_the_public_sees_no_figure_that_stands_for_fewer_than_ten(count: int) -> None:
    assert {shown(count, key, "C") for key in range(4096)} == {Shown(None, "<10")}


def test_the_office_may_see_a_small_count_made_greater_by_noise() -> None:
    assert {what.n for what in all_shown(4, "B")} == {None, 5, 6, 7}


def test_rounding_goes_to_the_nearest_five() -> None:
    assert [rounded(count) for count in (10, 12, 13, 17, 18)] == [10, 10, 15, 15, 20]


@pytest.mark.parametrize(("n", "tier"), [(3, "B"), (12, "C"), (5, "C"), (-1, "B")])
def test_a_number_that_is_never_shown_has_no_bounds(n: int, tier: Tier) -> None:
    with pytest.raises(ValueError, match="never shown"):
        bounds(Shown(n), tier)


def test_the_mask_of_one_tier_means_nothing_in_the_other() -> None:
    with pytest.raises(ValueError, match="never shown"):
        bounds(Shown(None, "<10"), "B")
