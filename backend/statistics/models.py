"""Which quarter of which team is locked. The facts themselves stand in a schema of their own, out of Django's sight."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.statistics.releases.models import Release
from backend.statistics.report_model import TransparencyReport
from backend.statistics.tally_model import ServiceTally
from backend.teams.models import Team
from backend.teams.models.base import Row
from permissions.scope import Reach
from permissions.seats import Seat

__all__ = ["QuarterLock", "Release", "ServiceTally", "TransparencyReport"]


def _of_team(_seat: Seat) -> Q:
    """Return that a lock is seen by every member of the team: it says that a quarter is over, and of nobody more."""
    return Q()


class QuarterLock(Row):
    """A quarter of a team, closed for good: added once, never changed. `quarter` is written `2026-Q3`.

    `facts` is how many were written, `digest` the SHA-256 of all of them in the order of their ids (hexadecimal).
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    quarter = models.CharField(max_length=7)
    locked_by = models.UUIDField()
    locked_at = models.DateTimeField(db_default=Now())
    facts = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    reach: ClassVar[Reach] = Reach(view="statistics.team", own=_of_team)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "quarter"], name="quarter_locked_once")]
