"""Break-glass: one person looks at one case of the own team for an hour, and answers for it."""

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from audit.history import trail
from backend.cases.models.case import OfCase
from backend.encryption.fields import SealedField
from backend.encryption.places import Places, SealedPlace
from backend.teams.models.base import Versioned
from permissions.scope import Reach

LASTS: Final = timedelta(minutes=60)


class BreakGlass(OfCase, Versioned):
    """A request to look, and what became of it. What once stands in a row stays: the database refuses every change.

    Without `starts_at` it waits for its second person. `reason` is a code; what the person wrote is a `LookText`.
    Ended early by `ended_at`, never made longer.
    """

    ends_with_case = False
    person_id = models.UUIDField()
    reason = models.CharField(max_length=24)
    requested_at = models.DateTimeField()
    needs_second = models.BooleanField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=12, null=True)  # noqa: DJ001 - nothing said yet, and set once

    history = trail()
    reach: ClassVar[Reach] = Reach(view="breakglass.review")

    class Meta:
        verbose_name_plural = "break-glass looks"
        indexes = [
            models.Index(fields=["person_id", "-requested_at"], name="break_glass_of_person"),
            models.Index(fields=["team", "-requested_at", "-id"], name="break_glass_of_team"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_look_lasts_an_hour_at_most",
                condition=Q(starts_at=None, ends_at=None)
                | Q(ends_at__isnull=False, ends_at__lte=F("starts_at") + LASTS),
            ),
            models.CheckConstraint(
                name="a_look_waits_for_its_second_person",
                condition=Q(starts_at=None) | Q(needs_second=False) | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_judges_their_own_look",
                condition=(Q(confirmed_by=None) | ~Q(confirmed_by=F("person_id")))
                & (Q(reviewed_by=None) | ~Q(reviewed_by=F("person_id"))),
            ),
        ]


class LookText(OfCase):
    """Why the person had to see the case, in the person's own words, sealed under the key of the case.

    A row of its own: the coordinator sees the look, the text is for the person and for who reviews.
    """

    look = models.OneToOneField(BreakGlass, on_delete=models.PROTECT, related_name="written")
    person_id = models.UUIDField()
    envelope = SealedField()

    sealed_places: ClassVar[Places] = (SealedPlace("envelope", label="breakglass.text"),)


def live_look() -> Q:
    """Return the condition that a look is under way, by the database's clock."""
    return Q(starts_at__lte=Now(), ends_at__gt=Now(), ended_at=None)


def waiting() -> Q:
    """Return the condition that a request still waits for its second person. It does so as long as a look lasts."""
    since = Now() - LASTS
    return Q(starts_at=None, ended_at=None, requested_at__gt=since)
