"""The recipient's answer: yes with a time by which it meets the person, or no with a reason."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from backend.errors import Fault, Invalid
from backend.reference.working_days import due_at
from backend.referrals import choices, needs, notices
from backend.referrals.appointments import set_appointment
from backend.referrals.models import Referral
from backend.referrals.reporting import Report
from backend.referrals.stepping import taking
from permissions.actor import Actor

# Whoever cannot meet the person within ninety days declines.
LATEST_CONTACT: Final = timedelta(days=90)


def accept(
    by: Actor,
    referral: Referral,
    *,
    first_contact_due: datetime | None = None,
    appointment: datetime | None = None,
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """Accept. Without `first_contact_due` it is the time that the urgency gives, still running or begun anew.

    It is at most ninety days away. Raises Invalid in_the_past or too_late, Conflict case_not_active.
    """
    with taking(by, referral, verb="accept", version=version, report=report, given=("first_contact_due",)):
        now = timezone.now()
        if first_contact_due is not None:
            _check_due(first_contact_due, now)
        referral.answered_at = now
        referral.due_at = first_contact_due or _time_left(referral, now)
        referral.business_status = "awaiting-first-contact"
        if appointment is not None:
            set_appointment(referral, appointment)
            referral.business_status = "appointment-set"
        needs.under_way(referral)
        notices.disclosed(referral, referral.data_classes)
    return referral


def _check_due(at: datetime, now: datetime) -> None:
    if at <= now:
        raise Invalid(Fault("/first_contact_due", "in_the_past"))
    if at > now + LATEST_CONTACT:
        raise Invalid(Fault("/first_contact_due", "too_late"))


def _time_left(referral: Referral, now: datetime) -> datetime:
    if referral.due_at is not None and referral.due_at > now:
        return referral.due_at
    return due_at(now, referral.urgency)


def reject(
    by: Actor,
    referral: Referral,
    *,
    reason_code: str = "",
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """Decline, with a reason. The requester always sees it."""
    given = ("reason_code",) if reason_code else ()
    with taking(by, referral, verb="reject", version=version, report=report, given=given):
        referral.reason_code = choices.reason(reason_code, status="rejected")
        referral.answered_at = referral.ended_at = timezone.now()
        referral.paused_at = None
    return referral
