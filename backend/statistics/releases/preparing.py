"""Asking for a release, approving it and declining it: two people, and nothing changes afterwards."""

from datetime import datetime
from typing import Final

from django.db.models import Max
from django.utils import timezone

from audit.acts import act
from backend.cases.break_glass import database_now
from backend.cases.changing import author
from backend.errors import Conflict, Fault, Invalid
from backend.reference.working_days import BELGRADE
from backend.statistics.releases import periods, scoping
from backend.statistics.releases.models import APPROVE, PREPARE, PUBLIC_TIER, Release
from backend.statistics.releases.periods import Period
from backend.statistics.releases.states import CODES, DECLINED, OPEN, PUBLISHED, may_become
from backend.statistics.releases.tables import TIERS
from backend.statistics.releases.turns import take_turn
from permissions.actor import Actor
from permissions.scope import Forbidden

AGAINST: Final = "against"


def prepare(by: Actor, *, period: str, tier: str) -> Release:
    """Ask for a release; the worker builds it. `period` is `2026-Q3`, `2026-H2` or `2026`.

    Raises Forbidden, Invalid `unknown_period`, `unknown_tier`, `not_yearly`; Conflict `period_not_over`,
    `nothing_locked`, `already_released`, `release_waiting`.
    """
    asked = _asked(period, tier)
    row = Release(tier=tier, period=str(asked), prepared_by=author(by))
    with act(by, "release.prepared", row, tier=tier, period=str(asked)):
        by.require(PREPARE, row)
        if _now().date() < asked.over_on:
            raise Conflict("period_not_over")
        take_turn()
        _refuse_second(tier, str(asked))
        if not scoping.scope_of(asked, scoping.locks_of(asked)).teams:
            raise Conflict("nothing_locked")
        row.save()
    return row


def approve(by: Actor, row: Release) -> None:
    """Publish what another person has prepared, with the next number.

    Raises Forbidden for a machine and for who prepared it; Conflict for what is not prepared, `already_released`, and
    `release_outdated` where another release of the year was published since it was attacked.
    """
    with act(by, "release.published", row, needs=APPROVE) as current:
        if by.kind != "user" or by.id == row.prepared_by:
            raise Forbidden
        _step(row, PUBLISHED)
        take_turn()
        _refuse_second(row.tier, row.period, but=row)
        if row.manifest[AGAINST] != published_in(periods.parse(row.period)):
            raise Conflict("release_outdated")
        last: int | None = Release.objects.aggregate(last=Max("number"))["last"]
        row.number = (last or 0) + 1
        row.approved_by, row.approved_at = author(by), database_now()
        row.save()
        current.note(number=row.number, sha256=str(row.sha256), tier=row.tier, period=row.period)


def decline(by: Actor, row: Release) -> None:
    """Say no to what was prepared, or is being built. Raises Forbidden for a machine; Conflict for everything else."""
    with act(by, "release.declined", row, needs=APPROVE, tier=row.tier, period=row.period):
        if by.kind != "user":
            raise Forbidden
        _step(row, DECLINED)
        row.declined_by, row.declined_at = author(by), database_now()
        row.save()


def published_in(period: Period) -> list[int]:
    """Return the numbers of what is published of the same year: the releases whose figures count the same facts."""
    year = [str(one) for one in periods.of_year(period.year)]
    found = Release.objects.filter(status=PUBLISHED, period__in=year).order_by("number")
    return [number for number in found.values_list("number", flat=True) if number is not None]


def _asked(period: str, tier: str) -> Period:
    if tier not in TIERS:
        raise Invalid(Fault("/tier", "unknown_tier"))
    try:
        asked = periods.parse(period)
    except periods.NoPeriod:
        raise Invalid(Fault("/period", "unknown_period")) from None
    if tier == PUBLIC_TIER and asked.kind != periods.YEAR:
        raise Invalid(Fault("/period", "not_yearly"))
    return asked


def _refuse_second(tier: str, period: str, *, but: Release | None = None) -> None:
    """Raise Conflict where this tier and period are published, or on the way with somebody else."""
    found = Release.objects.filter(tier=tier, period=period, status__in=(PUBLISHED, *OPEN))
    for one in found if but is None else found.exclude(pk=but.pk):
        raise Conflict("already_released" if one.status == PUBLISHED else "release_waiting")


def _step(row: Release, wanted: str) -> None:
    if not may_become(row.status, wanted):
        raise Conflict(CODES[row.status])
    row.status = wanted


def _now() -> datetime:
    return timezone.now().astimezone(BELGRADE)
