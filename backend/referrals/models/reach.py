"""Which referrals an organisation sees, from the state and the clock alone: no job has to run for access to end."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from permissions.scope import Reach
from permissions.seats import Seat

STUB_DAYS = 30
UNDER_WAY = ("accepted", "in-progress", "on-hold")
ENDED_WITH_STUB = ("rejected", "failed", "cancelled")


def _since(days: int) -> Now:
    return Now() - timedelta(days=days)  # type: ignore[return-value]


def requester(seat: Seat) -> Q:
    """Return the condition that the seat's organisation made the referral."""
    return Q(requester_organisation_id=seat.organisation_id)


def recipient(seat: Seat) -> Q:
    """Return the condition that the referral is addressed to the seat's organisation and still shows there.

    requested: while the consent holds. Under way: always (as a stub once the consent is over). completed: until
    30 days after the acknowledgement. Every other ending: 30 days, and only if it was ever sent.
    """
    asked = Q(status="requested", basis_until__gt=Now())
    under_way = Q(status__in=UNDER_WAY)
    completed = Q(status="completed") & (Q(acknowledged_at=None) | Q(acknowledged_at__gt=_since(STUB_DAYS)))
    ended = Q(status__in=ENDED_WITH_STUB, sent_at__isnull=False, ended_at__gt=_since(STUB_DAYS))
    here = Q(recipient_organisation_id=seat.organisation_id) & (asked | under_way | completed | ended)
    return here & Q(service_code__in=seat.services) if seat.services is not None else here


def either(seat: Seat) -> Q:
    """Return the condition that the seat's organisation is on one side of the referral."""
    return requester(seat) | recipient(seat)


REACH = Reach(
    view="case.view_coded",
    own=either,
    author="requester_organisation_id",
    sides={
        "referral.create": requester,
        "referral.acknowledge": requester,
        "referral.report_on_behalf": requester,
        "referral.preview": recipient,
        "referral.answer": recipient,
        "referral.report_progress": recipient,
    },
)
