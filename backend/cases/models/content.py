"""What is sealed: one row per case and data class, and notes. The rows hold envelopes only."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from audit.history import trail
from backend.cases.models.case import OfCase, of_granted_case, of_looked_case
from backend.encryption.fields import SealedField
from backend.encryption.places import Places, SealedPlace
from backend.teams.models import Organisation
from backend.teams.models.base import Versioned
from permissions.scope import Reach


class CaseFacts(OfCase, Versioned):
    """The coded facts of one data class: {"items": {...}, "needs": [...], "flags": [...]}, sealed as one.

    Every case has a row for every class but the narrative from its first moment, all of one size: that a row
    exists, or how long it is, tells nothing.
    """

    data_class = models.CharField(max_length=24)
    envelope = SealedField()
    revision = models.PositiveIntegerField(default=1)

    history = trail()
    sealed_places: ClassVar[Places] = (
        SealedPlace("envelope", label="case.{data_class}", revision="revision"),
    )
    reach: ClassVar[Reach] = Reach(view="case.view_coded", own=of_granted_case, look=of_looked_case)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "data_class"], name="one_row_per_class")]


class Note(OfCase, Versioned):
    """A short note: sealed, screened for identifiers, opened only by a reveal with a stated purpose."""

    author_id = models.UUIDField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    envelope = SealedField()
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = trail()
    sealed_places: ClassVar[Places] = (SealedPlace("envelope", label="note.text", revision="revision"),)
    reach: ClassVar[Reach] = Reach(
        view="case.view_coded", own=of_granted_case, author="organisation_id", look=of_looked_case
    )
