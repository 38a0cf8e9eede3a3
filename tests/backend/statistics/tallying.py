"""A service of a town and months to tally it in."""

from datetime import date
from typing import Any

from django.utils import timezone

from backend.directory.models import Service
from backend.statistics import tallies
from backend.statistics.models import QuarterLock, ServiceTally
from backend.statistics.periods import Quarter, day_of
from tests.world import Town, actor, at_once, make_user, saved


@at_once()
def exchange(town: Town, *, code: str = "HR-NSP") -> Service:
    """Give the town's society a service."""
    service: Service = saved(Service(organisation=town.society, code=code))
    return service


def month(ago: int = 0) -> date:
    """Return the first day of the month that was so many months ago."""
    today = day_of(timezone.now())
    whole = today.year * 12 + today.month - 1 - ago
    return date(whole // 12, whole % 12 + 1, 1)


def recorded(town: Town, service: Service, **values: Any) -> ServiceTally:
    given = {"team": town.team, "month": month(4), "item": "syringes_out", "amount": 100} | values
    return tallies.record_tally(actor(town.outreach), service=service, **given)


def locked(town: Town, day: date) -> QuarterLock:
    """Lock the quarter of a day, as a row alone."""
    quarter = str(Quarter.of(day))
    row = QuarterLock(team=town.team, quarter=quarter, locked_by=make_user().id, facts=0, digest="0" * 64)
    lock: QuarterLock = saved(row)
    return lock
