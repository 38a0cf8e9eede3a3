"""Median time until something happens, when for some it has not happened yet (Kaplan and Meier, 1958).

Who is censored counts as waiting up to the last day of which something is known, and then leaves. Leaving
them out would make waiting look shorter than it is: those who wait longest are the ones still waiting.
Pure, and in whole numbers and fractions: the same waits give the same answer on every machine.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple

LEAST: Final = 10
HALF: Final = Fraction(1, 2)


class Wait(NamedTuple):
    """Whole days waited, 0 or more; `censored` when it had not happened by then."""

    days: int
    censored: bool = False


class Step(NamedTuple):
    """From this day on, this share still waits."""

    day: int
    waiting: Fraction


def median(waits: Iterable[Wait], *, least: int = LEAST) -> int | None:
    """Return the first whole day on which no more than half still wait.

    None with fewer than `least` waits, or when more than half still wait at the end of what is known:
    then the median lies beyond it. Raises ValueError for a negative number of days.
    """
    told = list(waits)
    if len(told) < least:
        return None
    return next((step.day for step in curve(told) if step.waiting <= HALF), None)


def curve(waits: Iterable[Wait]) -> Iterator[Step]:
    """Yield the share that still waits after each day on which it happened to somebody, in order of days.

    Who is censored on a day is counted as waiting on that day, as is usual.
    """
    ended, left = _by_day(waits)
    at_risk, waiting = ended.total() + left.total(), Fraction(1)
    for day in sorted({*ended, *left}):
        if ended[day]:
            waiting *= Fraction(at_risk - ended[day], at_risk)
            yield Step(day, waiting)
        at_risk -= ended[day] + left[day]


def _by_day(waits: Iterable[Wait]) -> tuple[Counter[int], Counter[int]]:
    """Return for how many it ended on each day, and how many were censored on each."""
    ended: Counter[int] = Counter()
    left: Counter[int] = Counter()
    for days, censored in waits:
        if days < 0:
            raise ValueError("a wait is 0 days or longer")
        (left if censored else ended)[days] += 1
    return ended, left
