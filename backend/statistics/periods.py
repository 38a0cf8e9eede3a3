"""Quarters, half-years and years as Belgrade counts days. Pure: whoever asks says what day it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Self

from backend.reference.working_days import BELGRADE

_WRITTEN: Final = re.compile(r"(20[0-9]{2})-Q([1-4])")
_MONTHS: Final = 3
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, both ends included."""

    first: date
    last: date

    @property
    def begin(self) -> datetime:
        """Return the moment in which the first day begins in Belgrade."""
        return datetime.combine(self.first, time(), tzinfo=BELGRADE)

    @property
    def end(self) -> datetime:
        """Return the moment in which the last day is over: the first one that is not in it any more."""
        return datetime.combine(self.last + _ONE_DAY, time(), tzinfo=BELGRADE)

    def holds(self, day: date) -> bool:
        """Say whether a day is in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, written `2026-Q3`."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the quarter that is written so. Raises ValueError."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError("Not a quarter: " + repr(text)[:24])
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter in which a day is."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def half(self) -> str:
        """Return the half-year it is in, such as `2026-H2`."""
        return f"{self.year}-H{(self.number + 1) // 2}"

    @property
    def span(self) -> Span:
        """Return its days."""
        return _months(self.year, first=(self.number - 1) * _MONTHS + 1)

    def before(self, how_many: int) -> Iterator["Quarter"]:
        """Yield the quarters before it, the latest first."""
        at = self.year * 4 + self.number - 1
        for one in range(at - 1, at - 1 - how_many, -1):
            yield Quarter(one // 4, one % 4 + 1)

    def earlier_in_half(self) -> tuple["Quarter", ...]:
        """Return the quarters of its half-year that are over when it begins, the latest first."""
        return tuple(self.before((self.number - 1) % 2))

    def earlier_in_year(self) -> tuple["Quarter", ...]:
        """Return the quarters of its year that are over when it begins, the latest first."""
        return tuple(self.before(self.number - 1))

    @property
    def year_to_date(self) -> Span:
        """Return the days from the first of its year to its own last one."""
        return Span(date(self.year, 1, 1), self.span.last)


def _months(year: int, *, first: int) -> Span:
    after = date(year + (first + _MONTHS) // 12, (first + _MONTHS - 1) % 12 + 1, 1)
    return Span(date(year, first, 1), after - _ONE_DAY)


def day_of(moment: datetime) -> date:
    """Return the day on which a moment falls in Belgrade."""
    return moment.astimezone(BELGRADE).date()
