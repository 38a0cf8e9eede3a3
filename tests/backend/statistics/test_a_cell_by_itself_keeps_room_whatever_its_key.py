"""Noise and mask alone, without other numbers: what each reader can tell of one cell, for every count and every key.

This says where the gate will have to withhold: where an organisation holds five of a cell that reads 0-4.
"""

from collections.abc import Iterator

import pytest

from backend.statistics.disclosure import ptable
from backend.statistics.disclosure.demands import RULES
from backend.statistics.disclosure.masks import Shown, Tier, bounds, masked

COUNTS = range(40)
KNOWN = (0, 1, 2, 3, 4, 5)


def shown(count: int, tier: Tier) -> set[Shown]:
    """Everything that some key makes of a count."""
    return {masked(count, noisy, tier) for noisy in ptable.ours().support(count)}


def others(what: Shown, tier: Tier, known: int) -> tuple[float, float]:
    """What somebody who knows a part can tell of the rest."""
    low, high = bounds(what, tier)
    return max(low - known, 0), high - known


def failing(tier: Tier, known: int) -> Iterator[tuple[int, str | int | None]]:
    """The small counts of others, and what is shown where they fail."""
    rule = RULES[tier]
    limit = rule.of_others if known else rule.small
    for count in COUNTS:
        if known <= count < limit + known:
            for what in shown(count, tier):
                if not rule.met(*others(what, tier, known)):
                    yield count - known, what.n or what.mask


@pytest.mark.parametrize("known", KNOWN[:-1])
def test_the_office_never_comes_nearer_than_three_to_a_cell(known: int) -> None:
    assert list(failing("B", known)) == []


def test_who_holds_five_of_a_masked_cell_learns_that_the_others_are_at_most_two() -> None:
    found = set(failing("B", 5))
    assert found == {(0, "0-4"), (1, "0-4"), (2, "0-4")}
    assert others(Shown(None, "0-4"), "B", 5) == (0, 2)


@pytest.mark.parametrize("known", KNOWN)
def test_the_public_never_learns_that_anybody_is_in_a_small_cell(known: int) -> None:
    assert list(failing("C", known)) == []


@pytest.mark.parametrize("tier", ["B", "C"])
@pytest.mark.parametrize("count", COUNTS)
def test_the_true_count_lies_within_what_its_publication_says(count: int, tier: Tier) -> None:
    for what in shown(count, tier):
        low, high = bounds(what, tier)
        assert low <= count <= high


@pytest.mark.parametrize("count", range(1, 5))
def test_no_published_number_tells_an_exact_small_count(count: int) -> None:
    for tier in ("B", "C"):
        for what in shown(count, tier):
            low, high = bounds(what, tier)
            assert high - low >= 5


def test_neighbouring_counts_can_look_the_same() -> None:
    """One person more or less: something published for the one can always be published for the other."""
    for tier in ("B", "C"):
        assert all(shown(count, tier) & shown(count + 1, tier) for count in COUNTS)
