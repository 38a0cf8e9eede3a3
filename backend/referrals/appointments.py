"""The appointment that both sides agreed on: sealed, theirs alone, and gone seven days after its day."""

from datetime import UTC, datetime, timedelta
from typing import Final, cast

from django.db.models.functions import Now
from django.utils import timezone

from audit.acts import act
from backend.encryption import vault
from backend.errors import Fault, Invalid
from backend.reference.working_days import BELGRADE
from backend.referrals.models import Referral
from permissions.actor import Actor

LABEL: Final = "referral.appointment"
KEPT: Final = timedelta(days=7)
# Nobody agrees on a day further off: such a date is a slip of the hand, or not to be reckoned with at all.
FARTHEST: Final = timedelta(days=366)


def set_appointment(referral: Referral, at: datetime) -> None:
    """Seal the moment of the appointment under its next revision. Raises Invalid for a moment that is past, or more
    than a year away."""
    now = timezone.now()
    if at <= now:
        raise Invalid(Fault("/appointment", "in_the_past"))
    if at > now + FARTHEST:
        raise Invalid(Fault("/appointment", "too_far"))
    referral.appointment_revision += 1
    referral.appointment = vault.seal_for(
        owner_id=referral.case_id,
        record_id=referral.id,
        label=LABEL,
        revision=referral.appointment_revision,
        value=at.astimezone(UTC).isoformat(),
    )
    referral.appointment_wipe_on = at.astimezone(BELGRADE).date() + KEPT


def sealed(referral: Referral) -> vault.Sealed | None:
    """Return the envelope, to be opened with others."""
    if referral.appointment is None:
        return None
    return vault.Sealed(referral.id, LABEL, bytes(referral.appointment), referral.appointment_revision)


def moment_in(value: object) -> datetime:
    """Return the moment in an opened envelope."""
    return datetime.fromisoformat(cast("str", value))


def wipe_appointments(by: Actor) -> int:
    """Empty every appointment whose seven days are over; returns how many. History rows keep their envelope."""
    due = Referral.objects.filter(appointment__isnull=False, appointment_wipe_on__lte=Now())
    wiped = 0
    for referral in due.order_by("pk"):
        with act(by, "referral.appointment_wiped", referral):
            referral.appointment = None
            referral.appointment_wipe_on = None
            referral.save()
        wiped += 1
    return wiped
