"""A half-year and a year count each person once, with the first quarter in which it holds; later marks follow alone."""

from backend.statistics.facts import marks
from backend.statistics.facts.model import CASE_HALF, CASE_QUARTER, CASE_YEAR
from backend.statistics.facts.of_case import facts_of
from backend.statistics.periods import Quarter
from tests.backend.statistics.facts.stories import (
    Q1,
    Q2,
    Q3,
    in_the_year,
    joined,
    marks_in,
    person,
    referral,
)

BEGUN = (("02-02", "requested"), ("02-03", "accepted"), ("02-06", "in-progress"))


def test_one_who_is_there_all_year_is_four_times_in_a_quarter_twice_in_a_half_and_once_in_the_year() -> None:
    told = person()
    found = [in_the_year(told, kind)[marks.IN_COORDINATION] for kind in (CASE_QUARTER, CASE_HALF, CASE_YEAR)]
    assert found == [4, 2, 1]


def test_the_longer_periods_are_written_with_their_first_quarter() -> None:
    told = person(states=[("05-01", "active")])
    kinds = {
        quarter: {fact.kind for fact in facts_of(told, quarter) if fact.kind.startswith("case")}
        for quarter in (Q1, Q2, Q3)
    }
    assert kinds == {Q1: set(), Q2: {CASE_QUARTER, CASE_HALF, CASE_YEAR}, Q3: {CASE_QUARTER, CASE_HALF}}


def test_who_left_and_came_back_in_the_year_is_one_person_in_it() -> None:
    told = person(states=[("02-01", "active"), ("03-01", "closed"), ("11-01", "active")])
    assert in_the_year(told, CASE_YEAR)[marks.IN_COORDINATION] == 1
    assert in_the_year(told, CASE_HALF)[marks.IN_COORDINATION] == 2


def test_help_in_a_later_quarter_is_one_more_fact_that_says_that_alone() -> None:
    told = person(referral(*BEGUN, ("05-01", "completed", "service-started"), contact="02-06"))
    [half] = [fact for fact in facts_of(told, Q2) if fact.kind == CASE_HALF]
    assert half.marks == {marks.HELPED}
    assert in_the_year(told, CASE_YEAR)[marks.HELPED] == 1


def test_help_in_two_quarters_is_one_person_helped_in_the_year() -> None:
    early = referral(*BEGUN, ("03-01", "completed", "one-off-help-given"), contact="02-06")
    late = referral(*BEGUN, ("11-01", "completed", "one-off-help-given"), contact="02-06")
    found = [in_the_year(person(early, late), kind)[marks.HELPED] for kind in (CASE_QUARTER, CASE_YEAR)]
    assert found == [2, 1]


def test_help_that_was_taken_back_after_the_lock_and_given_again_counts_once() -> None:
    """What the first quarter has said stays said: the second does not repeat it."""
    again = referral(
        *BEGUN,
        ("06-30 20:00", "completed", "service-started"),
        ("07-01 09:00", "in-progress"),
        ("07-01 10:00", "completed", "one-off-help-given"),
        contact="02-06",
    )
    assert in_the_year(person(again), CASE_QUARTER)[marks.HELPED] == 2
    assert in_the_year(person(again), CASE_YEAR)[marks.HELPED] == 1


def test_what_was_corrected_as_a_mistake_later_is_not_said_again_either() -> None:
    wrong = referral(
        *BEGUN,
        ("05-01", "completed", "service-started"),
        ("08-01", "entered-in-error", "duplicate"),
        contact="02-06",
    )
    assert in_the_year(person(wrong), CASE_YEAR)[marks.HELPED] == 1
    assert marks_in(person(wrong), Q3, CASE_QUARTER)[marks.HELPED] == 0


def test_who_was_new_in_spring_is_new_in_the_year_and_not_in_the_second_half() -> None:
    told = person(states=[("05-01", "active")])
    assert in_the_year(told, CASE_YEAR)[marks.NEW] == 1
    assert marks_in(told, Q3, CASE_HALF)[marks.NEW] == 0


def test_who_waits_is_said_of_the_quarter_alone() -> None:
    told = person(referral(("02-02", "requested")))
    assert in_the_year(told, CASE_QUARTER)[marks.WAITING] == 4
    assert in_the_year(told, CASE_HALF)[marks.WAITING] == in_the_year(told, CASE_YEAR)[marks.WAITING] == 0


def test_the_case_that_stays_does_not_count_the_year_of_the_one_that_went_again() -> None:
    one, gone = joined(person(states=[("08-01", "active")]), person(states=[("02-01", "active")]), on="09-01")
    assert marks_in(gone, Q1, CASE_YEAR)[marks.IN_COORDINATION] == 1
    assert marks_in(one, Q3, CASE_YEAR)[marks.IN_COORDINATION] == 0
    assert marks_in(one, Q3, CASE_HALF)[marks.IN_COORDINATION] == 1


def test_the_next_year_begins_anew() -> None:
    told = person()
    following = Quarter(2027, 1)
    assert marks_in(told, following, CASE_YEAR)[marks.IN_COORDINATION] == 1
    assert marks_in(told, following, CASE_YEAR)[marks.NEW] == 0
