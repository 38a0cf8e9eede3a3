"""A release from asking to publishing, as the people of the Office and the worker do it."""

from backend.statistics.releases import job, preparing
from backend.statistics.releases.models import Release
from backend.statistics.releases.system import RELEASES
from backend.teams.models import User
from tests.world import actor, national


def built(period: str, tier: str = "B", *, by: User | None = None) -> Release:
    """Ask for a release as an analyst, and have it built."""
    row = preparing.prepare(actor(by or national("national_analyst")), period=period, tier=tier)
    job.build(RELEASES, row)
    return Release.objects.get(pk=row.pk)


def released(period: str, tier: str = "B") -> Release:
    """Have it approved by another person, too."""
    row = built(period, tier)
    preparing.approve(actor(national("release_officer")), row)
    return row
