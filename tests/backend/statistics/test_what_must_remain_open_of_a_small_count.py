"""The demands of each tier at their edges, and the words for what an attacker learnt."""

from math import inf

import pytest

from backend.statistics.disclosure.demands import RULES, Cell
from backend.statistics.disclosure.masks import Tier


@pytest.mark.parametrize(
    ("tier", "low", "high", "met"),
    [
        ("B", 0, 3, True),
        ("B", 0, 2, False),
        ("B", 4, 7, True),
        ("B", 2, 2, False),
        ("B", 0, inf, True),
        ("C", 0, 5, True),
        ("C", 0, 4, False),
        ("C", 1, 30, False),
        ("C", 0, inf, True),
    ],
)
def test_at_their_edges(tier: Tier, low: int, high: float, met: bool) -> None:
    assert RULES[tier].met(low, high) is met


def test_small_is_below_5_for_the_office_and_below_10_for_everybody() -> None:
    assert (RULES["B"].small, RULES["C"].small) == (5, 10)
    assert (RULES["B"].of_others, RULES["C"].of_others) == (5, 5)


@pytest.mark.parametrize(
    ("low", "high", "answered", "word"),
    [
        (2, 2, True, "recovered"),
        (0, 0, True, "recovered"),
        (1, 9, True, "present"),
        (0, 2, True, "narrow"),
        (0, 0, False, "unsolved"),
    ],
)
def test_the_word_for_what_was_learnt(low: int, high: int, answered: bool, word: str) -> None:
    assert Cell("somewhere", low, high, None, answered=answered).learnt == word
