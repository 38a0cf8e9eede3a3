"""A request for help from one organisation to another, for one case: the plain part and its envelopes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.history import trail
from backend.cases.models import Consent, SafeguardingBasis
from backend.cases.models.case import OfCase
from backend.directory.models import Service
from backend.encryption.fields import SealedField
from backend.encryption.places import Places, SealedPlace
from backend.referrals.lifecycle import OPEN, TO_ACKNOWLEDGE
from backend.referrals.models.reach import AT_RECIPIENT, ENDED_WITH_STUB, REACH
from backend.teams.models import Organisation
from backend.teams.models.base import Versioned
from backend.teams.models.places import NO_ORGANISATION
from permissions.scope import Reach


class Referral(OfCase, Versioned):
    """One referral. `basis_until` is when the consent or exception behind it ends, copied for the query.

    A confidential service has neither `service` nor `service_code` in the row: both are in `sealed_service`.
    """

    code = models.CharField(max_length=20, unique=True, editable=False)
    number = models.PositiveSmallIntegerField()
    # The case's, which never changes: a list shows it without a look at fifty cases.
    spoken_name = models.CharField(max_length=48, editable=False)
    requester_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recipient_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_by = models.UUIDField()
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    service_code = models.CharField(max_length=8, blank=True)
    sealed_service = SealedField(null=True)
    # 0: sealed before this was counted.
    service_revision = models.PositiveIntegerField(default=0)
    need_id = models.UUIDField(null=True, blank=True)
    urgency = models.CharField(max_length=8)
    handover_mode = models.CharField(max_length=24)
    data_classes = ArrayField(models.CharField(max_length=24), default=list)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    safeguarding_basis = models.ForeignKey(
        SafeguardingBasis, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    basis_until = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    status = models.CharField(max_length=20)
    business_status = models.CharField(max_length=24, blank=True)
    reason_code = models.CharField(max_length=24, blank=True)
    outcome_code = models.CharField(max_length=24, blank=True)
    suggested_service_code = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    phoned_at = models.DateTimeField(null=True, blank=True)
    first_contact_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledgement_answer = models.CharField(max_length=24, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    still_engaged = models.CharField(max_length=12, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    correction_asked_by = models.UUIDField(null=True, blank=True)
    correction_reason = models.CharField(max_length=24, blank=True)

    narrative = SealedField(null=True)
    narrative_revision = models.PositiveIntegerField(default=0)
    appointment = SealedField(null=True)
    appointment_revision = models.PositiveIntegerField(default=0)
    appointment_wipe_on = models.DateField(null=True, blank=True)

    history = trail()
    sealed_places: ClassVar[Places] = (
        SealedPlace("sealed_service", label="referral.service", revision="service_revision"),
        SealedPlace("narrative", label="referral.narrative", revision="narrative_revision"),
        SealedPlace("appointment", label="referral.appointment", revision="appointment_revision"),
    )
    reach: ClassVar[Reach] = REACH

    @property
    def is_erased(self) -> bool:
        """Say whether only the stub is left: its id, its code and how far it had come."""
        return self.requester_organisation_id == NO_ORGANISATION

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "team"], name="referral_id_team"),
            models.UniqueConstraint(fields=["case", "number"], name="referral_number_once"),
        ]
        indexes = [
            models.Index(fields=["team", "-created_at", "-id"]),
            models.Index(
                fields=["team", "requester_organisation", "-created_at", "-id"], name="referral_requester"
            ),
            # What the recipient sees, in the parts of `models.reach`: in a team, and a partner in all of them.
            models.Index(
                fields=["team", "recipient_organisation", "-created_at", "-id"],
                condition=Q(status__in=AT_RECIPIENT, acknowledged_at=None),
                name="referral_in_team",
            ),
            models.Index(
                fields=["recipient_organisation", "-created_at", "-id"],
                condition=Q(status__in=AT_RECIPIENT, acknowledged_at=None),
                name="referral_at_recipient",
            ),
            models.Index(
                fields=["recipient_organisation", "ended_at"],
                condition=Q(status__in=ENDED_WITH_STUB),
                name="referral_ended",
            ),
            models.Index(
                fields=["recipient_organisation", "acknowledged_at"],
                condition=Q(status="completed"),
                name="referral_acknowledged",
            ),
            # What awaits somebody, the most pressing first. Open work stays small whatever the table grows to.
            models.Index(
                fields=["team", "due_at", "id"],
                condition=Q(status__in=sorted(OPEN)),
                name="referral_open",
            ),
            models.Index(
                fields=["recipient_organisation", "due_at", "id"],
                condition=Q(status="requested"),
                name="referral_requested",
            ),
            models.Index(
                fields=["team", "due_at", "id"],
                condition=Q(status__in=sorted(TO_ACKNOWLEDGE), acknowledged_at=None),
                name="referral_answered",
            ),
        ]
