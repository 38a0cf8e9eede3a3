"""What was published of a quarter about the service itself. No person and no case is in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.teams.models.base import Row
from permissions.scope import Reach
from permissions.seats import Seat


def _for_everybody(_seat: Seat) -> Q:
    return Q()


class TransparencyReport(Row):
    """The counts of one quarter as they are shown, taken once after its end and never changed."""

    quarter = models.CharField(max_length=7, unique=True)
    said = models.JSONField()
    counted_at = models.DateTimeField(db_default=Now())

    reach: ClassVar[Reach] = Reach(view="statistics.public", team="", own=_for_everybody)
