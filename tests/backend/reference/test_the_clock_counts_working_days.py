"""Due times: working days of 24 hours on the calendar of Belgrade, or hours without a break."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reference.lists import LISTS, UnknownCode
from backend.reference.working_days import (
    BELGRADE,
    add_working_time,
    due_at,
    holidays,
    is_working_day,
    triage_due_at,
)

pytestmark = pytest.mark.pure

moments = st.datetimes(
    min_value=datetime(2025, 1, 1),  # noqa: DTZ001
    max_value=datetime(2029, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
amounts = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30))


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time on the clocks of Belgrade."""
    return datetime(year, month, day, hour, minute, tzinfo=BELGRADE)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (at(2026, 3, 2, 10), at(2026, 3, 9, 10)),  # Monday to Monday
        (at(2026, 3, 6, 15, 30), at(2026, 3, 13, 15, 30)),  # Friday to Friday
        (at(2026, 3, 7, 15, 30), at(2026, 3, 16)),  # Saturday: the five days are Monday to Friday
        (at(2026, 3, 8, 23, 59), at(2026, 3, 16)),  # Sunday, the same
        (at(2026, 2, 13, 12), at(2026, 2, 24, 12)),  # over Statehood Day, 15 to 17 February
        (at(2026, 4, 9, 9), at(2026, 4, 20, 9)),  # over Orthodox Easter, Friday to Monday
        (at(2026, 4, 30, 9), at(2026, 5, 8, 9)),  # over the first of May, the second is a Saturday
        (at(2026, 11, 10, 8), at(2026, 11, 18, 8)),  # over Armistice Day
        (at(2026, 12, 31, 8), at(2027, 1, 11, 8)),  # over New Year and Christmas of the next year
        (at(2026, 3, 27, 12), at(2026, 4, 3, 12)),  # over the change to summer time
        (at(2026, 10, 23, 12), at(2026, 10, 30, 12)),  # and back
        (at(2028, 1, 5, 12), at(2028, 1, 12, 12)),  # 2028 has no holiday list: weekends only
    ],
)
def test_a_routine_referral_is_due_after_five_working_days(start: datetime, expected: datetime) -> None:
    assert due_at(start, "routine") == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (at(2026, 3, 2, 10), at(2026, 3, 4, 10)),
        (at(2026, 3, 5, 10), at(2026, 3, 9, 10)),
        (at(2026, 2, 13, 12), at(2026, 2, 19, 12)),
    ],
)
def test_a_routine_case_is_triaged_within_two_working_days(start: datetime, expected: datetime) -> None:
    assert triage_due_at(start, "routine") == expected


@pytest.mark.parametrize(("urgency", "hours"), [("urgent", 24), ("asap", 8), ("stat", 1)])
def test_the_urgent_ones_count_hours_also_at_night_and_on_holidays(urgency: str, hours: int) -> None:
    start = at(2026, 4, 11, 22)  # Holy Saturday, at night
    assert due_at(start, urgency) - start == timedelta(hours=hours)


@pytest.mark.parametrize(("urgency", "hours"), [("urgent", 24), ("asap", 4), ("stat", 1)])
def test_triage_has_hours_of_its_own(urgency: str, hours: int) -> None:
    start = at(2026, 4, 11, 22)
    assert triage_due_at(start, urgency) - start == timedelta(hours=hours)


def test_hours_are_real_hours_when_the_clocks_change() -> None:
    start = at(2026, 3, 28, 12)
    assert due_at(start, "urgent") == at(2026, 3, 29, 13)


def test_the_end_of_a_working_day_is_the_beginning_of_the_next_one() -> None:
    friday_midnight = at(2026, 3, 6)
    assert add_working_time(friday_midnight, timedelta(hours=24)) == at(2026, 3, 9)


def test_no_time_from_a_day_off_is_the_next_working_day() -> None:
    assert add_working_time(at(2026, 3, 7, 12), timedelta(0)) == at(2026, 3, 9)
    assert add_working_time(at(2026, 3, 9, 12), timedelta(0)) == at(2026, 3, 9, 12)


def test_the_answer_is_in_utc_and_the_zone_of_the_question_does_not_matter() -> None:
    start = at(2026, 3, 2, 10)
    tokyo = start.astimezone(timezone(timedelta(hours=9)))
    assert due_at(start, "routine") == due_at(tokyo, "routine") == due_at(start.astimezone(UTC), "routine")
    assert due_at(tokyo, "routine").tzinfo is UTC
    assert due_at(tokyo, "stat").tzinfo is UTC


def test_the_calendar_is_that_of_belgrade_not_of_utc() -> None:
    just_monday = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)  # 00:30 on Monday in Belgrade
    assert add_working_time(just_monday, timedelta(hours=1)) == just_monday + timedelta(hours=1)


@pytest.mark.parametrize("urgency", ["", "Routine", "never", "routine "])
def test_an_unknown_urgency_has_no_clock(urgency: str) -> None:
    with pytest.raises(UnknownCode):
        due_at(at(2026, 3, 2), urgency)
    with pytest.raises(UnknownCode):
        triage_due_at(at(2026, 3, 2), urgency)


@pytest.mark.parametrize("urgency", ["routine", "urgent", "asap", "stat"])
def test_a_time_without_a_zone_is_refused(urgency: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        due_at(datetime(2026, 3, 2), urgency)  # noqa: DTZ001


def test_every_urgency_has_a_clock_the_code_knows() -> None:
    clocks = {urgency.code: urgency.attributes["clock"] for urgency in LISTS["urgencies"].entries}
    assert clocks == {"routine": "working_days", "urgent": "hours", "asap": "hours", "stat": "hours"}


def test_weekends_and_holidays_are_days_off() -> None:
    assert len(holidays()) == 24
    assert not any(is_working_day(day) for day in holidays())
    assert not is_working_day(date(2026, 3, 7))
    assert not is_working_day(date(2026, 3, 8))
    assert is_working_day(date(2026, 3, 9))
    assert not is_working_day(date(2026, 1, 1))
    assert is_working_day(date(2029, 1, 1))  # a Monday in a year without a list


def test_no_clock_change_falls_on_a_working_day() -> None:
    day, last = date(2025, 1, 1), date(2035, 12, 31)
    while day <= last:
        start, end = at(day.year, day.month, day.day), at(day.year, day.month, day.day) + timedelta(days=1)
        if is_working_day(day):
            assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=24)
        day += timedelta(days=1)


@given(moments, amounts)
def test_a_due_time_is_never_on_a_day_off(start: datetime, amount: timedelta) -> None:
    assert is_working_day(add_working_time(start, amount).astimezone(BELGRADE).date())


@given(moments, moments, amounts)
def test_who_asks_later_is_never_due_earlier(one: datetime, other: datetime, amount: timedelta) -> None:
    first, second = sorted((one, other))
    assert add_working_time(first, amount) <= add_working_time(second, amount)


@given(moments, amounts, amounts)
def test_more_time_is_never_due_earlier(start: datetime, one: timedelta, other: timedelta) -> None:
    less, more = sorted((one, other))
    assert add_working_time(start, less) <= add_working_time(start, more)


@given(moments, amounts, amounts)
def test_time_can_be_added_in_two_goes(start: datetime, one: timedelta, other: timedelta) -> None:
    assert add_working_time(add_working_time(start, one), other) == add_working_time(start, one + other)


@given(moments, st.integers(min_value=0, max_value=20))
def test_whole_days_count_the_working_days_passed(start: datetime, days: int) -> None:
    begin = add_working_time(start, timedelta(0)).astimezone(BELGRADE)
    end = add_working_time(start, timedelta(days=days)).astimezone(BELGRADE)
    span = (end.date() - begin.date()).days
    passed = sum(is_working_day(begin.date() + timedelta(days=day)) for day in range(span))
    assert passed == days
    assert (begin.hour, begin.minute) == (end.hour, end.minute)


@given(moments, st.sampled_from(["routine", "urgent", "asap", "stat"]))
def test_nothing_is_due_before_it_began(start: datetime, urgency: str) -> None:
    assert due_at(start, urgency) > start
    assert triage_due_at(start, urgency) > start
