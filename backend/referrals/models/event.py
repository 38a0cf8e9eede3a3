"""What happened to a referral, one row each, added and never changed; and the coded questions on it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from audit.history import trail
from backend.cases.models.case import OfCase
from backend.encryption.fields import SealedField
from backend.encryption.places import Places, SealedPlace
from backend.referrals.models.reach import either
from backend.referrals.models.referral import Referral
from backend.teams.models import Organisation
from backend.teams.models.base import Versioned
from permissions.scope import Reach
from permissions.seats import Seat


def _of_referral(seat: Seat) -> Q:
    return Q(referral__in=Referral.objects.filter(either(seat)))


class ReferralEvent(OfCase):
    """One step. `kind` and `to_status` are those of `referral_transitions.csv`; `side` says who took it.

    `detail` is one more code: a business status, a question, an answer. `channel` and `reporter` are set when
    the requester reports for a provider without an account. `happened_on` is set where that is another day than
    `at`, when it was written down.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    verb = models.CharField(max_length=16)
    side = models.CharField(max_length=24)
    from_status = models.CharField(max_length=20)
    to_status = models.CharField(max_length=20)
    reason_code = models.CharField(max_length=24, blank=True)
    outcome_code = models.CharField(max_length=24, blank=True)
    detail = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    reporter = models.CharField(max_length=24, blank=True)
    by_user = models.UUIDField(null=True)
    by_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(null=True)
    at = models.DateTimeField(db_default=Now())

    reach: ClassVar[Reach] = Reach(view="case.view_coded", own=_of_referral)

    class Meta:
        indexes = [models.Index(fields=["referral", "at"])]


class Question(OfCase, Versioned):
    """A coded question of one side and the reply of the other; notes of at most 280 characters are sealed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="questions")
    question_code = models.CharField(max_length=24)
    asked_by_side = models.CharField(max_length=12)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(db_default=Now())
    note = SealedField(null=True)
    replied_by = models.UUIDField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_note = SealedField(null=True)

    history = trail()
    sealed_places: ClassVar[Places] = (
        SealedPlace("note", label="question.note"),
        SealedPlace("reply_note", label="question.reply"),
    )
    reach: ClassVar[Reach] = Reach(view="case.view_coded", own=_of_referral)

    class Meta:
        indexes = [models.Index(fields=["team"], condition=Q(replied_at=None), name="question_open")]
