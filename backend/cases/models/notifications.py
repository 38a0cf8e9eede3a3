"""What an organisation should look at: ids and a kind, never a word of content."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.teams.models import Organisation, Team
from backend.teams.models.base import Row
from permissions.scope import Reach
from permissions.seats import Seat


def _own(seat: Seat) -> Q:
    return Q(organisation_id=seat.organisation_id)


class Notification(Row):
    """One thing that happened, for one organisation in one team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=16)
    object_id = models.UUIDField()
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    reach: ClassVar[Reach] = Reach(view="referral.preview", own=_own)

    class Meta:
        indexes = [models.Index(fields=["team", "organisation", "-at", "-id"])]
