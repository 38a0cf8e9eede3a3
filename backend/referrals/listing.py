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
    "shown_team",
    "shown_name",
    "shown_service",
    "shown_urgency",
    "status",
    "shown_business_status",
    "shown_due_at",
    "is_overdue",
    "shown_requester",
    "shown_recipient",
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


def stub(by: Actor) -> Q:
    """Return the condition that a referral is a stub to `by`: what `access.of_recipient` says of one row."""
    over = Q(status__in=ENDED - {"completed"}) | Q(acknowledged_at__isnull=False)
    over |= Q(basis_until__lte=Now()) | Q(status="on-hold", reason_code__in=LAPSES)
    return over & ~_followed(by)


def _followed(by: Actor) -> Q:
    """Return the condition that `by` keeps sight of a referral whatever becomes of it."""
    teams = [seat.team_id for seat in by.seats if seat.team_id and seat.word(REACH.view) == "yes"]
    return sent_by(by) | Q(team_id__in=teams)


def with_columns(by: Actor, referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Annotate what a list shows beside the plain columns; filters look there, so that none finds what is hidden.

    A stub says its code, service, status and dates. The case of a request is absent until it is accepted.
    """
    mine, closed = sent_by(by), stub(by)
    unanswered = Q(status="requested") & ~_followed(by)
    return referrals.annotate(
        side=Case(When(mine, Value(SENT)), default=Value(RECEIVED), output_field=CharField()),
        shown_case=_but("case_id", closed | unanswered),
        shown_team=_but("team_id", closed),
        shown_name=_but("case__spoken_name", closed, nothing=""),
        shown_service=shown_service(),
        shown_urgency=_but("urgency", closed, nothing=""),
        shown_business_status=_but("business_status", closed, nothing=""),
        shown_due_at=_but("due_at", closed),
        shown_requester=_but("requester_organisation_id", closed),
        shown_recipient=_but("recipient_organisation_id", closed),
        is_overdue=Case(When(overdue() & ~closed, Value(value=True)), default=Value(value=False)),
        reroute=_flag(needs_rerouting() & mine),
    )


def _but(name: str, closed: Q, *, nothing: str | None = None) -> Case:
    """Return the column, or `nothing` where it is closed."""
    return Case(When(closed, then=Value(nothing)), default=F(name))


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
        "team": values["shown_team"],
        "spoken_name": values["shown_name"],
        "service_code": values["shown_service"],
        "urgency": values["shown_urgency"],
        "status": values["status"],
        "business_status": values["shown_business_status"],
        "due_at": values["shown_due_at"],
        "overdue": values["is_overdue"],
        "requester": values["shown_requester"],
        "recipient": values["shown_recipient"],
        "sent_at": values["sent_at"],
        "needs_rerouting": values["reroute"],
        "side": values["side"],
        "created_at": values["created_at"],
    }
