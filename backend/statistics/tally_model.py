"""How much an organisation gave in a month: syringes, kits, tests. No person is in it, nor who was given what."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from audit.history import trail
from backend.directory.models import Service
from backend.teams.models import Organisation, Team
from backend.teams.models.base import Versioned
from permissions.scope import Reach
from permissions.seats import Seat

MOST: Final = 1_000_000


def _own(seat: Seat) -> Q:
    return Q(organisation_id=seat.organisation_id)


class ServiceTally(Versioned):
    """One item of one service in one month, in one team's town: `amount` is in the unit of the list `tally_items`.

    `month` is the first day of the month. A partner of several teams tells each of them apart.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.CharField(max_length=24)
    month = models.DateField()
    amount = models.PositiveIntegerField()

    history = trail()
    reach: ClassVar[Reach] = Reach(view="service_tally.record", own=_own, author="organisation_id")

    class Meta:
        verbose_name_plural = "service tallies"
        indexes = [models.Index(fields=["team", "month"], name="tally_of_team")]
        constraints = [
            models.UniqueConstraint(fields=["service", "team", "month", "item"], name="one_tally_of_a_month"),
            models.CheckConstraint(name="a_tally_is_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="a_tally_is_no_more_than_a_million", condition=Q(amount__lte=MOST)),
        ]
