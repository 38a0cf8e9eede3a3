"""Kaplan-Meier: by hand, against values published for a known trial, and what must hold of every median.

Published: remission times in weeks of the 6-mercaptopurine trial (Freireich et al., Blood 21, 1963), with the
estimates of Kleinbaum and Klein, Survival Analysis: medians 23 and 8. Only the numbers are used.
"""

from fractions import Fraction
from itertools import pairwise
from random import Random
from statistics import median_low

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.statistics.indicators.kaplan_meier import LEAST, Step, Wait, curve, median

TREATED = [Wait(day) for day in (6, 6, 6, 7, 10, 13, 16, 22, 23)] + [
    Wait(day, censored=True) for day in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
]
PLACEBO = [Wait(day) for day in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}

some_waits = st.lists(st.builds(Wait, st.integers(0, 400), st.booleans()), max_size=60)


def test_the_curve_of_the_trial_is_the_published_one() -> None:
    found = {step.day: float(step.waiting) for step in curve(TREATED)}
    assert list(found) == list(PUBLISHED)
    assert found == pytest.approx(PUBLISHED, abs=0.0006)


def test_the_medians_of_the_trial_are_the_published_ones() -> None:
    assert median(TREATED) == 23
    assert median(PLACEBO) == 8


def test_leaving_out_who_still_waits_would_say_less() -> None:
    happened = [wait for wait in TREATED if not wait.censored]
    assert median(happened, least=1) == 10


def test_by_hand() -> None:
    waits = [Wait(1), Wait(2, censored=True), Wait(3), Wait(3), Wait(5)]
    assert list(curve(waits)) == [
        Step(1, Fraction(4, 5)),
        Step(3, Fraction(4, 15)),
        Step(5, Fraction(0)),
    ]
    assert median(waits, least=1) == 3


def test_who_leaves_on_the_day_still_counts_on_it() -> None:
    assert list(curve([Wait(2), Wait(2, censored=True)])) == [Step(2, Fraction(1, 2))]
    assert list(curve([Wait(2), Wait(1, censored=True)])) == [Step(2, Fraction(0))]


def test_half_is_enough() -> None:
    assert median([Wait(day) for day in range(1, 11)]) == 5


@pytest.mark.parametrize(("waits", "answer"), [(LEAST - 1, None), (LEAST, 4)])
def test_fewer_than_ten_have_no_median(waits: int, answer: int | None) -> None:
    assert median([Wait(4)] * waits) == answer


def test_where_more_than_half_still_wait_there_is_no_median() -> None:
    assert median([Wait(1)] * 9 + [Wait(30, censored=True)] * 11) is None
    assert median([]) is None


def test_days_before_the_beginning_are_refused() -> None:
    with pytest.raises(ValueError, match="0 days or longer"):
        median([Wait(-1)] * 10)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_without_censoring_it_is_the_ordinary_median(days: list[int]) -> None:
    assert median(map(Wait, days), least=1) == median_low(days)


@settings(max_examples=60)
@given(some_waits, st.integers(0, 2**32))
def test_order_does_not_matter(waits: list[Wait], seed: int) -> None:
    mixed = Random(seed).sample(waits, len(waits))
    assert median(mixed, least=1) == median(waits, least=1)


@settings(max_examples=60)
@given(some_waits)
def test_the_share_that_waits_only_falls_and_stays_a_share(waits: list[Wait]) -> None:
    shares = [Fraction(1), *(step.waiting for step in curve(waits))]
    assert all(0 <= later < earlier <= 1 for earlier, later in pairwise(shares))


@settings(max_examples=60)
@given(some_waits, st.integers(0, 400))
def test_one_who_still_waits_never_makes_the_median_shorter(waits: list[Wait], day: int) -> None:
    before, after = median(waits, least=1), median([*waits, Wait(day, censored=True)], least=1)
    assert after is None or (before is not None and after >= before)
