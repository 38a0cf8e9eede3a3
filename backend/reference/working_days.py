"""When something is due: hours without a break, or hours of working days in Serbia.

A working day counts 24 hours on the calendar of Belgrade and is neither Saturday, Sunday nor a public
holiday. In years that the holiday list does not cover only weekends are left out. Clock changes fall on
Sundays, so a working day never has 23 or 25 hours.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from backend.reference.lists import LISTS, entry

BELGRADE = ZoneInfo("Europe/Belgrade")
SATURDAY = 5
ONE_DAY = timedelta(days=1)


def due_at(start: datetime, urgency_code: str) -> datetime:
    """When the first contact of a referral sent at `start` is due, in UTC. Raises UnknownCode, ValueError."""
    return _due(start, urgency_code, "hours_to_first_contact")


def triage_due_at(start: datetime, urgency_code: str) -> datetime:
    """When the triage of a case proposed at `start` is due, in UTC. Raises UnknownCode, ValueError."""
    return _due(start, urgency_code, "triage_hours")


def is_working_day(day: date) -> bool:
    """Whether the clock in working days runs on `day`."""
    return day.weekday() < SATURDAY and day not in holidays()


@cache
def holidays() -> frozenset[date]:
    """Public holidays without work, from the packaged list."""
    return frozenset(date.fromisoformat(holiday.code) for holiday in LISTS["holidays_rs"].entries)


def add_working_time(start: datetime, amount: timedelta) -> datetime:
    """Add `amount` of working time to `start`; the answer, in UTC, is never on a day off."""
    _refuse_naive(start)
    moment = _next_working_moment(start.astimezone(BELGRADE).replace(tzinfo=None))
    left = amount
    while (today := _midnight_after(moment) - moment) <= left:
        left -= today
        moment = _next_working_moment(_midnight_after(moment))
    return (moment + left).replace(tzinfo=BELGRADE).astimezone(UTC)


def _due(start: datetime, urgency_code: str, column: str) -> datetime:
    urgency = entry("urgencies", urgency_code)
    amount = timedelta(hours=int(urgency.attributes[column]))
    if urgency.attributes["clock"] == "working_days":
        return add_working_time(start, amount)
    _refuse_naive(start)
    return start.astimezone(UTC) + amount


def _next_working_moment(moment: datetime) -> datetime:
    while not is_working_day(moment.date()):
        moment = _midnight_after(moment)
    return moment


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + ONE_DAY, time.min)


def _refuse_naive(start: datetime) -> None:
    if start.tzinfo is None:
        raise ValueError("a clock needs a time with its zone")
