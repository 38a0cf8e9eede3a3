"""What lets an organisation take part, and until when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from audit.history import trail
from backend.teams.models.base import Interval, Versioned
from backend.teams.models.places import Organisation, Team
from permissions.scope import Reach
from permissions.seats import Seat


def _own(seat: Seat) -> Q:
    return Q(organisation_id=seat.organisation_id)


class Memorandum(Interval, Versioned):
    """The Office's memorandum with an organisation: a partner works with the teams while it holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memoranda")
    number = models.CharField(max_length=40)

    history = trail()
    reach: ClassVar[Reach] = Reach(view="memorandum.manage", team="", own=_own)

    class Meta:
        verbose_name_plural = "memoranda"
        indexes = [models.Index(fields=["organisation", "valid_until"])]


class SharingAgreement(Interval, Versioned):
    """The agreement by which an organisation sits in a team and shares in its cases."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")

    history = trail()
    reach: ClassVar[Reach] = Reach(view="memorandum.manage", team="", own=_own)

    class Meta:
        indexes = [models.Index(fields=["organisation", "team", "valid_until"])]
