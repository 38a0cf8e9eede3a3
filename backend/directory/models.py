"""Who gives which help, where, when and with how many free places. Shaped after HSDS 3."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.history import trail
from backend.teams.models import Organisation
from backend.teams.models.base import Versioned
from permissions.scope import Reach
from permissions.seats import Seat


def _own(seat: Seat) -> Q:
    return Q(organisation_id=seat.organisation_id)


class Service(Versioned):
    """One service of one organisation. Nothing here is about a person.

    `schedule` is a list of HSDS schedules: {"byday": "MO,TU", "opens_at": "08:00", "closes_at": "16:00"}.
    `address` stays empty where the code's `published_address` is no: telephone only.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=8, db_index=True)
    name = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=160, blank=True)
    area_served = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    schedule = models.JSONField(default=list, blank=True)
    eligibility = models.CharField(max_length=280, blank=True)
    capacity_free = models.PositiveIntegerField(null=True, blank=True)
    capacity_confirmed_at = models.DateTimeField(null=True, blank=True)
    assured_at = models.DateTimeField(null=True, blank=True)
    funding = models.CharField(max_length=120, blank=True)
    funding_ends_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    history = trail()
    reach: ClassVar[Reach] = Reach(view="directory.view", team="", own=_own, author="organisation_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_service_of_a_code"),
        ]
