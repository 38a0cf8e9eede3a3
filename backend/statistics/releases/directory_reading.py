"""Reads what indicators without persons are worked out from, as it stood on the day after a release's period.

Services come from their history, locks and releases by when they happened: so a release can be made again later.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction

from backend import asker
from backend.directory.models import Service
from backend.reference.working_days import BELGRADE
from backend.statistics.indicators import directory
from backend.statistics.indicators.directory import Count, Entry, Facts
from backend.statistics.indicators.numbers import MASKED, SHOWN, Numbers
from backend.statistics.indicators.registry import registry
from backend.statistics.models import QuarterLock
from backend.statistics.releases import periods
from backend.statistics.releases.cells import Scope
from backend.statistics.releases.models import PUBLIC_TIER, Release
from backend.statistics.releases.periods import Period
from backend.statistics.releases.states import PUBLISHED
from backend.teams.models import Organisation, Team

REMOVED: Final = "-"


def counts(scope: Scope) -> tuple[Count, ...]:
    """Return the counts without persons that a release of this scope holds."""
    with asker.working_as(asker.RELEASES), transaction.atomic():
        return tuple(directory.counts(facts_of(scope)))


def facts_of(scope: Scope) -> Facts:
    """Return everything that is counted, as at the day after the period."""
    on, begin = scope.period.over_on, _begin(scope.period)
    found = Team.objects.filter(slug__in=scope.teams).values_list("slug", "municipality__code")
    earlier = _published_before(on)
    return Facts(
        on=on,
        yearly=scope.period.kind == periods.YEAR,
        teams=dict(sorted(found)),
        absent=len(scope.not_included),
        services=_services(on),
        before=_services(begin),
        locked_after=_locks(scope),
        quarters=len(scope.period.quarters),
        ages=_ages(earlier, on),
        days_to_release=next((_days(one) for one in earlier if one.tier == PUBLIC_TIER), None),
    )


def _services(on: date) -> list[Entry]:
    """Return the services as they stood when the day began."""
    towns = dict(Organisation.objects.values_list("pk", "municipality__code"))
    rows = Service.history.filter(history_date__lt=_moment(on)).order_by("id", "-history_date", "-history_id")
    return [_entry(row, towns) for row in rows.distinct("id") if row.history_type != REMOVED]


def _entry(row: Any, towns: Mapping[Any, str | None]) -> Entry:
    town = towns.get(row.organisation_id)
    return Entry(
        id=str(row.id),
        code=row.code,
        towns=frozenset({*row.area_served, *([town] if town else [])}),
        is_active=row.is_active,
        assured_on=row.assured_at.astimezone(BELGRADE).date() if row.assured_at else None,
        funded_until=row.funding_ends_on,
    )


def _locks(scope: Scope) -> list[tuple[str, Any]]:
    found = QuarterLock.objects.filter(quarter__in=scope.period.quarters, team__slug__in=scope.teams)
    return sorted(
        (one.team.slug, one.locked_at - _moment(periods.parse(one.quarter).over_on))
        for one in found.select_related("team")
    )


def _published_before(on: date) -> list[Release]:
    """Return what had been published when the day began, the latest period first."""
    found = Release.objects.filter(status=PUBLISHED, approved_at__lt=_moment(on)).defer("gate", "manifest")
    return sorted(found, key=lambda one: (periods.parse(one.period).over_on, one.number), reverse=True)


def _ages(earlier: list[Release], on: date) -> dict[str, int]:
    """Return the months since the end of the latest published period that has a figure of each indicator."""
    found: dict[str, int] = {}
    for one in earlier:
        over = periods.parse(one.period).over_on
        for code in _held(one.document) - found.keys():
            found[code] = (on.year - over.year) * 12 + on.month - over.month
    return dict(sorted(found.items()))


def _held(document: Mapping[str, Any]) -> set[str]:
    numbers = Numbers(document)
    return {
        code
        for code, one in registry().items()
        if any(found.state in {SHOWN, MASKED} for part in one.parts for found in numbers.find(one, part))
    }


def _days(one: Release) -> int | None:
    if one.approved_at is None:
        return None
    return (one.approved_at.astimezone(BELGRADE).date() - periods.parse(one.period).over_on).days


def _begin(period: Period) -> date:
    return date(period.year, period.numbers[0] * 3 - 2, 1)


def _moment(day: date) -> datetime:
    """Return when the day begins in Belgrade."""
    return datetime.combine(day, time(), BELGRADE)
