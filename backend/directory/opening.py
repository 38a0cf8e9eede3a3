"""Whether a service is open at a moment, by the hours that its organisation has entered. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from backend.reference.working_days import BELGRADE, holidays

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_MINUTE: Final = time(23, 59)


def open_at(schedule: Iterable[Mapping[str, str]], moment: datetime) -> bool | None:
    """Say whether it is open, by the clock of Belgrade; None where nobody can tell.

    That is a service without hours, and a public holiday for one that does not work every day of the week.
    """
    hours = list(schedule)
    here = moment.astimezone(BELGRADE)
    worked = {day for line in hours for day in line["byday"].split(",")}
    if not hours or (here.date() in holidays() and worked != set(_DAYS)):
        return None
    return any(_within(line, here.date(), here.time()) for line in hours)


def _within(line: Mapping[str, str], day: date, at: time) -> bool:
    opens, closes = time.fromisoformat(line["opens_at"]), time.fromisoformat(line["closes_at"])
    if closes > opens:
        return _on(line, day) and opens <= at and (at < closes or closes == _LAST_MINUTE)
    # Over midnight: the evening of the day itself, and the morning after it.
    return (_on(line, day) and at >= opens) or (_on(line, day - timedelta(days=1)) and at < closes)


def _on(line: Mapping[str, str], day: date) -> bool:
    return _DAYS[day.weekday()] in line["byday"].split(",")
