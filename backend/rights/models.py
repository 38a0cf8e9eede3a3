"""A request by which a person uses a right (ZZPL arts 26 to 37): codes and dates alone, no word of what it is about."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from audit.history import trail
from backend.cases.models.case import OfCase, of_granted_case
from backend.teams.models import Organisation
from backend.teams.models.base import Versioned
from permissions.scope import Reach
from permissions.seats import Seat


def _own(seat: Seat) -> Q:
    return of_granted_case(seat) & Q(recorded_for_id=seat.organisation_id)


class RightsRequest(OfCase, Versioned):
    """One request. `recorded_for` is empty where the officer recorded it, `answer` until it is answered.

    `confirmed_by` is a second person, who knows the person asked: without one, nobody exports under a request of
    their own.
    """

    kind = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    received_on = models.DateField()
    due_on = models.DateField()
    prolong_reason = models.CharField(max_length=16, blank=True)
    prolonged_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.UUIDField()
    recorded_for = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, blank=True)
    answer_reason = models.CharField(max_length=24, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    exported_at = models.DateTimeField(null=True, blank=True)
    overdue_told_at = models.DateTimeField(null=True, blank=True)

    history = trail()
    # A class of retention.csv, and from which column its time is counted.
    kept_as, kept_from = "rights_requests", "answered_at"
    reach: ClassVar[Reach] = Reach(view="rights_request.record", own=_own, author="recorded_for_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "team"], name="rights_request_id_team"),
            models.CheckConstraint(
                name="nobody_confirms_their_own_request",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-recorded_at", "-id"], name="rights_of_team"),
            models.Index(fields=["due_on"], condition=Q(answer=""), name="rights_to_answer"),
        ]
