"""What the demo's Office publishes: prepared by its analyst, built by the job, approved by a release officer."""

from backend import asker
from backend.statistics.models import Release
from backend.statistics.releases import job, preparing
from backend.statistics.releases.states import BUILDING, PREPARED
from backend.statistics.releases.system import RELEASES
from backend.teams.actors import actor_for
from backend.teams.models import User
from permissions.actor import Actor

ANALYST, OFFICER = "ured.analiticar", "ured.objave"


def publish(tier: str, period: str) -> int:
    """Prepare, build and approve a release if that is missing; return 1 if it is published now, 0 if not.

    The gate may refuse it, and the worker may be building it: then it is left to them.
    """
    row = _latest(tier, period) or preparing.prepare(_actor(ANALYST), period=period, tier=tier)
    if row.status == BUILDING:
        job.build(RELEASES, row)
        row = _latest(tier, period) or row
    if row.status != PREPARED:
        return 0
    preparing.approve(_actor(OFFICER), row)
    return 1


def _latest(tier: str, period: str) -> Release | None:
    with asker.working_as(asker.RELEASES):
        return Release.objects.filter(tier=tier, period=period).order_by("prepared_at").last()


def _actor(username: str) -> Actor:
    return actor_for(User.objects.values_list("pk", flat=True).get(username=username))
