"""The consent ledger and its exceptions: rows are added and never changed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from audit.history import trail
from backend.cases.models.case import OfCase, held, of_granted_case
from backend.encryption.fields import SealedField
from backend.encryption.places import Places, SealedPlace
from backend.teams.models import Organisation
from backend.teams.models.base import Versioned
from permissions.scope import Reach
from permissions.seats import Seat

CODES = models.CharField(max_length=24)


def _named(seat: Seat) -> Q:
    """Return the condition that a consent of a granted case names the seat's organisation, or was recorded
    by it.
    """
    mine = Q(organisation_id=seat.organisation_id)
    names = ConsentRecipient.objects.filter(mine, consent_id=OuterRef("pk"))
    return of_granted_case(seat) & (Q(recorded_for_id=seat.organisation_id) | Q(Exists(names)))


def _party(seat: Seat) -> Q:
    """Return the condition that an exception of a granted case was recorded by or for the seat's
    organisation.
    """
    own = Q(recorded_for_id=seat.organisation_id) | Q(recipient_id=seat.organisation_id)
    return of_granted_case(seat) & own


def _disclosed(seat: Seat) -> Q:
    """Return the condition that something was disclosed to the seat's organisation, or in a case that it
    holds.
    """
    return held(seat, case="case_id") | (of_granted_case(seat) & Q(organisation_id=seat.organisation_id))


class Consent(OfCase):
    """What the person agreed to: named organisations in order, data classes, purposes, until when.

    `how` is written, spoken or imported. `need_id` narrows a consent to one need. The signed paper stays in
    the organisation's own file.
    """

    purposes = ArrayField(CODES)
    data_classes = ArrayField(CODES)
    need_id = models.UUIDField(null=True, blank=True)
    given_by = models.CharField(max_length=12)
    how = models.CharField(max_length=12)
    bundle = models.CharField(max_length=24, blank=True)
    recorded_by = models.UUIDField()
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    valid_from = models.DateTimeField(db_default=Now())
    valid_until = models.DateTimeField()
    remark = SealedField(null=True)
    # Of the other case of the same person, when the two were joined: it ends with that one.
    copied_from = models.UUIDField(null=True)

    sealed_places: ClassVar[Places] = (SealedPlace("remark", label="consent.remark"),)
    reach: ClassVar[Reach] = Reach(view="consent.view", own=_named, author="recorded_for_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "team"], name="consent_id_team")]
        indexes = [
            models.Index(fields=["case", "valid_until"]),
            models.Index(fields=["team", "valid_until", "id"], name="consent_team_ends"),
        ]


class ConsentRecipient(OfCase):
    """One named organisation of a consent, at its place in the order; with its own classes where they
    differ.
    """

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    data_classes = ArrayField(CODES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "organisation"], name="recipient_named_once"),
        ]


class Withdrawal(OfCase):
    """The end of a consent by the person's word. It takes effect in the transaction that writes it."""

    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="withdrawal")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField(db_default=Now())


class SafeguardingBasis(OfCase, Versioned):
    """A coded legal exception to consent, with who decided it and who confirmed it.

    Only bases that are `in_system` carry a referral; the others are recorded and never do.
    """

    basis = models.CharField(max_length=32)
    recipient = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    data_classes = ArrayField(CODES, default=list)
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField()

    history = trail()
    reach: ClassVar[Reach] = Reach(view="consent.view", own=_party, author="recorded_for_id")

    class Meta:
        verbose_name_plural = "safeguarding bases"
        constraints = [
            models.UniqueConstraint(fields=["id", "team"], name="basis_id_team"),
            models.CheckConstraint(
                name="two_people_decide",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("decided_by")),
            ),
        ]


class Disclosure(OfCase):
    """To whom what was disclosed, when, and on what basis. One row per act of disclosing.

    Without an organisation it was the person, who was given everything that is held.
    """

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referral_id = models.UUIDField(null=True, blank=True)
    data_classes = ArrayField(CODES)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    safeguarding_basis = models.ForeignKey(
        SafeguardingBasis, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(db_default=Now())

    unseen = True
    reach: ClassVar[Reach] = Reach(view="disclosure.list", own=_disclosed)
