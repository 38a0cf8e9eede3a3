"""The rows of a list: plain columns in one query. Nothing is opened, and nothing sealed leaves the database."""

from typing import Any, Final

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Now

from backend.referrals import agreement
from backend.referrals.access import CONFIDENTIAL
from backend.referrals.lifecycle import ENDED, OPEN
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from backend.referrals.reasons import LAPSES
from permissions.actor import Actor

SENT, RECEIVED = "sent", "received"
COLUMNS: Final = (
    "id",
    "code",
    "version",
    "team_id",
    "shown_name",
    "shown_service",
    "urgency",
    "status",
    "business_status",
    "due_at",
    "is_overdue",
    "requester_organisation_id",
    "recipient_organisation_id",
    "sent_at",
    "reroute",
    "side",
    "created_at",
)


def overdue() -> Q:
    """Return the condition that a first contact is overdue: none yet, the clock runs, and its time is over."""
    running = Q(status__in=OPEN, first_contact_at=None, paused_at=None)
    return running & Q(due_at__lt=Now())


def sent_by(by: Actor) -> Q:
    """Return the condition that `by` stands with the requester: for its organisation, or as coordinator."""
    found = Q(pk__in=())
    for seat in by.seats:
        here = Q(team_id=seat.team_id) if seat.team_id else Q()
        if seat.organisation_id:
            found |= here & Q(requester_organisation_id=seat.organisation_id)
        if seat.team_id and seat.word(REACH.view) == "yes":
            found |= here & ~Q(recipient_organisation_id=seat.organisation_id)
    return found


def received_by(by: Actor) -> Q:
    """Return the condition that the referral is addressed to an organisation of `by`."""
    found = Q(pk__in=())
    for seat in by.seats:
        if seat.organisation_id:
            here = Q(team_id=seat.team_id) if seat.team_id else Q()
            found |= here & Q(recipient_organisation_id=seat.organisation_id)
    return found


def with_columns(by: Actor, referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Annotate what a list shows beside the plain columns. A stub does not say the case's spoken name."""
    mine = sent_by(by)
    stub = Q(status__in=ENDED - {"completed"}) | Q(acknowledged_at__isnull=False)
    stub |= Q(basis_until__lte=Now()) | Q(status="on-hold", reason_code__in=LAPSES)
    return referrals.annotate(
        side=Case(When(mine, Value(SENT)), default=Value(RECEIVED), output_field=CharField()),
        shown_name=Case(
            When(stub & ~mine, Value("")), default=F("case__spoken_name"), output_field=CharField()
        ),
        shown_service=shown_service(),
        is_overdue=_flag(overdue()),
        reroute=_flag(needs_rerouting() & mine),
    )


def shown_service() -> Case:
    """Return the code of the service, or the word for one that a list does not say."""
    return Case(
        When(sealed_service__isnull=False, then=Value(CONFIDENTIAL)),
        default=F("service_code"),
        output_field=CharField(),
    )


def needs_rerouting() -> Q:
    """Return the condition that an open referral has a recipient whose agreement has lapsed."""
    return Q(status__in=OPEN) & agreement.lapsed()


def _flag(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def as_row(values: dict[str, Any]) -> dict[str, Any]:
    """Return the row under the names of the API."""
    return {
        "id": values["id"],
        "code": values["code"],
        "version": values["version"],
        "team": values["team_id"],
        "spoken_name": values["shown_name"],
        "service_code": values["shown_service"],
        "urgency": values["urgency"],
        "status": values["status"],
        "business_status": values["business_status"],
        "due_at": values["due_at"],
        "overdue": values["is_overdue"],
        "requester": values["requester_organisation_id"],
        "recipient": values["recipient_organisation_id"],
        "sent_at": values["sent_at"],
        "needs_rerouting": values["reroute"],
        "side": values["side"],
        "created_at": values["created_at"],
    }
