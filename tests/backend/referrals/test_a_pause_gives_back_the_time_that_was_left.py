"""The clock of a first contact stands still while the requester owes a reply."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reference.working_days import due_at
from backend.referrals.clock import after_pause, working_time

pytestmark = pytest.mark.pure
FRIDAY = datetime(2026, 6, 12, 10, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.timedeltas(timedelta(0), timedelta(days=20))


def test_hours_run_over_the_weekend_and_so_does_their_pause() -> None:
    due = FRIDAY + timedelta(hours=24)
    paused, now = FRIDAY + timedelta(hours=4), FRIDAY + timedelta(hours=50)
    assert after_pause(due, urgency="urgent", paused_at=paused, now=now) == now + timedelta(hours=20)


def test_a_working_clock_leaves_the_weekend_out() -> None:
    monday = FRIDAY + timedelta(days=3)
    assert working_time(FRIDAY, monday) == timedelta(hours=24)


def test_a_time_that_had_run_out_stays_run_out() -> None:
    due = FRIDAY - timedelta(hours=1)
    assert after_pause(due, urgency="routine", paused_at=FRIDAY, now=FRIDAY + timedelta(days=9)) == due


def test_no_time_passes_backwards() -> None:
    assert working_time(FRIDAY, FRIDAY - timedelta(days=1)) == timedelta()


@given(
    sent=moments, before=spans, pause=spans, urgency=st.sampled_from(["routine", "urgent", "asap", "stat"])
)
def test_a_pause_never_shortens_the_time(
    sent: datetime, before: timedelta, pause: timedelta, urgency: str
) -> None:
    due, paused = due_at(sent, urgency), sent + before
    moved = after_pause(due, urgency=urgency, paused_at=paused, now=paused + pause)
    assert moved >= due
    if paused < due:
        assert moved >= paused + pause


@given(sent=moments, before=spans)
def test_a_pause_of_no_length_leaves_the_working_time_as_it_was(sent: datetime, before: timedelta) -> None:
    due, paused = due_at(sent, "routine"), sent + before
    moved = after_pause(due, urgency="routine", paused_at=paused, now=paused)
    assert working_time(paused, moved) == working_time(paused, due)


@pytest.mark.parametrize("urgency", ["routine", "urgent"])
def test_a_time_out_of_all_bounds_is_a_year_at_the_most(urgency: str) -> None:
    never = datetime.max.replace(tzinfo=UTC)
    moved = after_pause(never, urgency=urgency, paused_at=FRIDAY, now=FRIDAY + timedelta(days=2))
    assert timedelta(days=366) < moved - FRIDAY < timedelta(days=400)
