"""Who is shut out of a case at the wish of the person: a violent partner who works there.

What may be read says that there is an exclusion, who recorded it, and why, sealed. Whom it shuts out stands in a table
into which the service puts rows and from which it reads none: `permissions/rls_functions.sql` does, and it says who is
shut out to those alone who may know.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.cases.models.case import OfCase, of_granted_case
from backend.encryption.fields import SealedField
from backend.encryption.places import Places, SealedPlace
from backend.teams.models import Organisation, User
from permissions.scope import Reach
from permissions.seats import Seat

REASON_LABEL = "exclusion.reason"


def _recorded(seat: Seat) -> Q:
    """Return the condition that the seat's organisation, which has the case, recorded the exclusion."""
    return of_granted_case(seat) & Q(recorded_for_id=seat.organisation_id)


class Exclusion(OfCase):
    """That somebody is shut out of the case, until it is lifted. Rows are added and never changed."""

    recorded_by = models.UUIDField()
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=Now())
    reason = SealedField(null=True)

    # Whoever shuts themselves out does not see the row that says so.
    unseen = True
    reach: ClassVar[Reach] = Reach(view="case.exclude_person", own=_recorded, author="recorded_for_id")
    sealed_places: ClassVar[Places] = (SealedPlace("reason", label=REASON_LABEL),)

    # Put beside the row by `cases.exclusions`, which asks the database whom it may name.
    person_id: UUID | None = None
    organisation_id: UUID | None = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "team"], name="exclusion_id_team")]


class ShutOut(OfCase):
    """Whom an exclusion shuts out: one account, or all who work for an organisation."""

    exclusion = models.OneToOneField(Exclusion, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    unseen = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_exclusion_names_a_person_or_an_organisation",
                condition=Q(user__isnull=True, organisation__isnull=False)
                | Q(user__isnull=False, organisation__isnull=True),
            )
        ]


class ExclusionLift(OfCase):
    """The end of an exclusion, by whoever coordinates the team."""

    exclusion = models.OneToOneField(Exclusion, on_delete=models.PROTECT, related_name="lift")
    lifted_by = models.UUIDField()
    lifted_at = models.DateTimeField(db_default=Now())
