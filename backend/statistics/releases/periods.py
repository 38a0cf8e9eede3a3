"""What a release may be of: a quarter, a half-year or a year, and the quarters in it. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

QUARTER, HALF, YEAR = KINDS = ("quarter", "half", "year")
_PERIOD: Final = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?P<part>Q[1-4]|H[12]))?", re.ASCII)


class NoPeriod(ValueError):
    """This text names no quarter, half-year or year."""


@dataclass(frozen=True)
class Period:
    """`2026-Q3`, `2026-H2` or `2026`."""

    year: int
    part: str = ""

    def __str__(self) -> str:
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def kind(self) -> str:
        """Return quarter, half or year."""
        return {"": YEAR, "Q": QUARTER, "H": HALF}[self.part[:1]]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of its quarters, 1 to 4."""
        if self.kind == QUARTER:
            return (int(self.part[1]),)
        return {"": (1, 2, 3, 4), "H1": (1, 2), "H2": (3, 4)}[self.part]

    @property
    def quarters(self) -> tuple[str, ...]:
        """Return its quarters as facts name them."""
        return tuple(f"{self.year}-Q{number}" for number in self.numbers)

    @property
    def over_on(self) -> date:
        """Return the first day after it."""
        last = self.numbers[-1]
        return date(self.year + last // 4, last % 4 * 3 + 1, 1)

    def within(self, kind: str) -> "Period":
        """Return the period of that kind which holds this one; a quarter lies in its half-year and its year."""
        if kind == self.kind:
            return self
        if kind == YEAR:
            return Period(self.year)
        if kind == HALF and self.kind == QUARTER:
            return Period(self.year, f"H{(self.numbers[0] + 1) // 2}")
        raise NoPeriod(kind)

    def parts(self, kind: str) -> tuple["Period", ...]:
        """Return the periods of that kind which it is made of, itself if it is of that kind."""
        return tuple(dict.fromkeys(parse(quarter).within(kind) for quarter in self.quarters))


def parse(text: str) -> Period:
    """Read a period. Raises NoPeriod."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise NoPeriod(text)
    return Period(int(found["year"]), found["part"] or "")


def of_year(year: int) -> tuple[Period, ...]:
    """Return every period that a release of this year may be of, the shortest first."""
    parts = (*(f"Q{number}" for number in range(1, 5)), "H1", "H2", "")
    return tuple(Period(year, part) for part in parts)
