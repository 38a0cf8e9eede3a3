"""How long what is kept: the classes of `retention.csv`, and when the time of a row is over. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from backend.reference.lists import DATA
from backend.reference.rows import Row, read_table

PERMANENT, NOT_HELD = "permanent", "not_held"
_PERIOD: Final = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(\d+)H)?")
_MONTHS: Final = 12
_LAST_DAYS: Final = (31, 30, 29, 28)


@dataclass(frozen=True)
class Period:
    """A length of time as ISO 8601 writes it: months of the calendar, and days and hours of the clock."""

    months: int = 0
    rest: timedelta = timedelta()

    def before(self, moment: datetime) -> datetime:
        """Return the moment so long before another; the last day of a month stays one."""
        month = moment.year * _MONTHS + moment.month - 1 - self.months
        return _in_month(moment, month) - self.rest

    def after(self, moment: datetime) -> datetime:
        """Return the moment so long after another."""
        return _in_month(moment, moment.year * _MONTHS + moment.month - 1 + self.months) + self.rest


@dataclass(frozen=True)
class Kept:
    """One class of data: how long, counted from what, and what is done then."""

    code: str
    labels: dict[str, str]
    period: Period | None
    counts_from: str
    action: str


@cache
def classes() -> dict[str, Kept]:
    """Return every class of `retention.csv` by its code, in the order of the file."""
    rows = read_table(DATA / "retention.csv").rows
    return {
        row["code"]: Kept(row["code"], _labels(row), parse(row["period"]), row["counts_from"], row["action"])
        for row in rows
    }


def parse(text: str) -> Period | None:
    """Read `P12M`, `P7D`, `PT72H`; None for what has no end or is not held. Raises ValueError for anything else."""
    if text in {PERMANENT, NOT_HELD}:
        return None
    found = _PERIOD.fullmatch(text)
    years, months, days, hours = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    if not any((years, months, days, hours)):
        raise ValueError(text)
    return Period(years * _MONTHS + months, timedelta(days=days, hours=hours))


def period(code: str) -> Period:
    """Return the period of a class that has one."""
    found = classes()[code].period
    if found is None:
        raise ValueError(code)
    return found


def _in_month(moment: datetime, month: int) -> datetime:
    year, at = divmod(month, _MONTHS)
    for last in (moment.day, *_LAST_DAYS):
        try:
            return moment.replace(year=year, month=at + 1, day=min(last, moment.day))
        except ValueError:
            continue
    raise ValueError(month)


def _labels(row: Row) -> dict[str, str]:
    return {"en": row["label_en"], "sr-Latn": row["label_sr_latn"], "sr-Cyrl": row["label_sr_cyrl"]}
