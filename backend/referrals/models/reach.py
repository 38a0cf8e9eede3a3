"""Which referrals an organisation sees, from the state and the clock alone: no job has to run for access to end."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Now

from permissions.scope import Reach
from permissions.seats import Seat

STUB_DAYS = 30
AT_RECIPIENT = ("requested", "accepted", "in-progress", "on-hold", "completed")
ENDED_WITH_STUB = ("rejected", "failed", "cancelled")


def _since(days: int) -> Now:
    return Now() - timedelta(days=days)  # type: ignore[return-value]


def requester(seat: Seat) -> Q:
    """Return the condition that the seat's organisation made the referral."""
    return Q(requester_organisation_id=seat.organisation_id)


def recipient(seat: Seat) -> Q:
    """Return the condition that the referral is addressed to the seat's organisation and still shows there."""
    return reduce(or_, recipient_parts(seat))


def recipient_parts(seat: Seat) -> tuple[Q, ...]:
    """Return the same in parts, an index for each: what is alive, what ended, and what was acknowledged.

    requested: while the consent holds. Under way: always (as a stub once the consent is over). completed: until
    30 days after the acknowledgement. Every other ending: 30 days, and only if it was ever sent.
    """
    here = Q(recipient_organisation_id=seat.organisation_id)
    if seat.services is not None:
        here &= Q(service_code__in=seat.services)
    asked = ~Q(status="requested") | Q(basis_until__gt=Now())
    return (
        here & Q(status__in=AT_RECIPIENT, acknowledged_at=None) & asked,
        here & Q(status__in=ENDED_WITH_STUB, sent_at__isnull=False, ended_at__gt=_since(STUB_DAYS)),
        here & Q(status="completed", acknowledged_at__gt=_since(STUB_DAYS)),
    )


def either(seat: Seat) -> Q:
    """Return the condition that the seat's organisation is on one side of the referral."""
    return requester(seat) | recipient(seat)


REACH = Reach(
    view="case.view_coded",
    own=either,
    parts=lambda seat: (requester(seat), *recipient_parts(seat)),
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
