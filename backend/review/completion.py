"""How much of the review was done, and in time: counts by team, month and role, and nothing of what was reviewed."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from audit import recorder
from backend import asker
from backend.review.judging import overdue
from backend.review.models import ReviewItem
from backend.teams.models import Team
from permissions.actor import Actor
from permissions.scope import spared

# Whoever may look at the register of processing of a team, and the Office at all of them.
TEAM, OFFICE = "processing_register.view", "memorandum.manage"
YEAR: Final = timedelta(days=366)


def completion(by: Actor) -> list[Mapping[str, Any]]:
    """Return the counts of a year for the teams of which `by` may know them, the newest month first; recorded."""
    teams = _teams(by)
    recorder.record_list(
        by,
        "review.completion_read",
        kind="reviewitem",
        ids_by_team=dict.fromkeys(teams, ()) or {None: ()},
    )
    return _counted(by, teams, since=(timezone.now() - YEAR).date().replace(day=1))


def _teams(by: Actor) -> Collection[UUID]:
    if by.seats_for(OFFICE):
        return set(Team.objects.values_list("pk", flat=True))
    return {seat.team_id for seat in by.seats_for(TEAM) if seat.team_id}


def _counted(by: Actor, teams: Collection[UUID], *, since: date) -> list[Mapping[str, Any]]:
    """Count under the name of the job: whoever asks sees the sums and no row."""
    with transaction.atomic(), asker.working_as(asker.REVIEWS):
        rows = (
            spared(by, ReviewItem.objects.filter(team_id__in=teams, month__gte=since))
            .values("team_id", "month", "for_role")
            .annotate(
                items=Count("pk"),
                judged=Count("pk", filter=Q(judged_at__isnull=False)),
                in_time=Count("pk", filter=Q(judged_at__lte=F("due_at"))),
                late=Count("pk", filter=overdue()),
            )
            .order_by("-month", "team_id", "for_role")
        )
        return [{**row, "share": round(row["in_time"] / row["items"], 3)} for row in rows]
