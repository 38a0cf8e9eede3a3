"""A quarter begins and ends at midnight in Belgrade, and knows which quarters of its half and year are over. Pure."""

from datetime import UTC, date, datetime

import pytest

from backend.statistics.periods import Quarter, Span, day_of

pytestmark = pytest.mark.pure


def test_a_quarter_is_written_in_one_way() -> None:
    assert str(Quarter.read("2026-Q3")) == "2026-Q3"
    assert (Quarter(2026, 2).half, Quarter(2026, 3).half) == ("2026-H1", "2026-H2")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-Q0",
        "2026-Q5",
        "2026-q3",
        "1999-Q1",
        "2026-Q3 ",
        "2026-Q3\n",
        "２０２６-Q3",
        "x" * 9999,
    ],
    ids=range(10),
)
def test_anything_else_is_no_quarter_and_the_message_is_short(text: str) -> None:
    with pytest.raises(ValueError, match="Not a quarter") as caught:
        Quarter.read(text)
    assert len(str(caught.value)) < 60


def test_every_day_is_in_one_quarter() -> None:
    for first, last, number in (
        (date(2026, 1, 1), date(2026, 3, 31), 1),
        (date(2026, 4, 1), date(2026, 6, 30), 2),
        (date(2026, 7, 1), date(2026, 9, 30), 3),
        (date(2026, 10, 1), date(2026, 12, 31), 4),
    ):
        assert Quarter(2026, number).span == Span(first, last)
        assert Quarter.of(first) == Quarter.of(last) == Quarter(2026, number)


def test_the_first_quarter_of_a_leap_year_has_its_day_more() -> None:
    assert Quarter(2028, 1).span.holds(date(2028, 2, 29))


def test_quarters_begin_at_midnight_in_winter_and_in_summer_time() -> None:
    assert Quarter(2026, 1).span.begin == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert Quarter(2026, 3).span.begin == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert Quarter(2026, 4).span.end == datetime(2026, 12, 31, 23, tzinfo=UTC)


def test_the_end_of_one_is_the_beginning_of_the_next() -> None:
    for number in (1, 2, 3):
        assert Quarter(2026, number).span.end == Quarter(2026, number + 1).span.begin
    assert Quarter(2026, 4).span.end == Quarter(2027, 1).span.begin


def test_a_moment_falls_on_the_day_that_it_is_in_belgrade() -> None:
    assert day_of(datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert day_of(datetime(2026, 6, 30, 22, tzinfo=UTC)) == date(2026, 7, 1)
    assert day_of(datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)) == date(2026, 12, 31)


def test_what_of_the_half_and_of_the_year_is_over_when_a_quarter_begins() -> None:
    half = {number: [str(one) for one in Quarter(2026, number).earlier_in_half()] for number in range(1, 5)}
    assert half == {1: [], 2: ["2026-Q1"], 3: [], 4: ["2026-Q3"]}
    year = {number: [one.number for one in Quarter(2026, number).earlier_in_year()] for number in range(1, 5)}
    assert year == {1: [], 2: [1], 3: [2, 1], 4: [3, 2, 1]}


def test_the_year_to_date_ends_with_the_quarter() -> None:
    assert Quarter(2026, 1).year_to_date == Quarter(2026, 1).span
    assert Quarter(2026, 3).year_to_date == Span(date(2026, 1, 1), date(2026, 9, 30))


def test_quarters_before_go_back_over_the_new_year() -> None:
    assert [str(one) for one in Quarter(2026, 2).before(3)] == ["2026-Q1", "2025-Q4", "2025-Q3"]
    assert Quarter(2025, 4) < Quarter(2026, 1) < Quarter(2026, 2)
