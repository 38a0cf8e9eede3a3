"""What a pause does to the time by which a first contact is due. Pure."""

from datetime import datetime, time, timedelta
from typing import Final

from backend.reference.lists import entry
from backend.reference.working_days import BELGRADE, ONE_DAY, add_working_time, is_working_day

# Days are counted one by one, so there is an end to them.
LONGEST: Final = timedelta(days=366)


def after_pause(due_at: datetime, *, urgency: str, paused_at: datetime, now: datetime) -> datetime:
    """Return when a first contact is due after the clock stood still from `paused_at` to `now`.

    What was left of the time, a year at the most, is left again. A time that had run out before the pause stays
    as it was.
    """
    if due_at <= paused_at:
        return due_at
    due_at = min(due_at, paused_at + LONGEST)
    if entry("urgencies", urgency).attributes["clock"] == "working_days":
        return add_working_time(now, working_time(paused_at, due_at))
    return due_at + (now - paused_at)


def working_time(start: datetime, end: datetime) -> timedelta:
    """Return how much of the time from `start` to `end` lies on working days in Serbia."""
    moment, last = (at.astimezone(BELGRADE).replace(tzinfo=None) for at in (start, end))
    total = timedelta()
    while moment < last:
        midnight = min(datetime.combine(moment.date() + ONE_DAY, time.min), last)
        if is_working_day(moment.date()):
            total += midnight - moment
        moment = midnight
    return total
