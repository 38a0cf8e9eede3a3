"""A release: what was asked for, what was built, and who published it. What is set stays, by a trigger."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from backend.statistics.releases.states import BUILDING, DECLINED, OPEN, PUBLISHED
from backend.teams.models.base import Row
from permissions.scope import Reach
from permissions.seats import Seat

NATIONAL, PUBLIC = "statistics.national", "statistics.public"
PREPARE, APPROVE = "release.prepare", "release.approve"
PUBLIC_TIER: Final = "C"


def published_for_all() -> Q:
    """Return the condition that everybody may see a release."""
    return Q(status=PUBLISHED, tier=PUBLIC_TIER)


def _for_seat(seat: Seat) -> Q:
    return Q() if seat.allows(NATIONAL) else published_for_all()


class Release(Row):
    """One release of one period in one tier. `number` counts those published, without a gap.

    `document` is what is published, `sha256` the hash of its canonical bytes; `gate` says what failed on the way;
    `manifest` says out of what it was made.
    """

    tier = models.CharField(max_length=1)
    period = models.CharField(max_length=7)
    status = models.CharField(max_length=9, default=BUILDING)
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField(db_default=Now())
    built_at = models.DateTimeField(null=True)
    plan_version = models.PositiveSmallIntegerField(null=True)
    document: Any = models.JSONField(null=True)
    gate: Any = models.JSONField(null=True)
    manifest: Any = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, null=True)  # noqa: DJ001 - NULL is what may be set once
    number = models.PositiveIntegerField(null=True, unique=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    declined_by = models.UUIDField(null=True)
    declined_at = models.DateTimeField(null=True)

    reach: ClassVar[Reach] = Reach(view=PUBLIC, team="", within={PUBLIC: _for_seat})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tier", "period"], condition=Q(status=PUBLISHED), name="a_period_is_released_once"
            ),
            models.UniqueConstraint(
                fields=["tier", "period"], condition=Q(status__in=OPEN), name="one_release_is_under_way"
            ),
            models.CheckConstraint(
                name="a_release_needs_two_people",
                condition=~Q(status=PUBLISHED) & Q(number=None, approved_by=None, approved_at=None)
                | Q(
                    status=PUBLISHED,
                    number__isnull=False,
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    document__isnull=False,
                    sha256__isnull=False,
                )
                & ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="what_is_declined_stays_so",
                condition=Q(status=DECLINED, declined_at__isnull=False)
                | ~Q(status=DECLINED) & Q(declined_at=None),
            ),
        ]
