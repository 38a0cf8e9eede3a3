"""What awaits somebody today: four lists of plain columns, in one query. Nothing is opened."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Now

from audit import recorder
from backend.cases.models import Consent
from backend.referrals import listing
from backend.referrals.lifecycle import TO_ACKNOWLEDGE
from backend.referrals.models import Question, Referral
from backend.referrals.models.reach import REACH
from permissions.actor import Actor
from permissions.scope import visible_to

TO_ANSWER, OVERDUE, ANSWERED, EXPIRING = (
    "to_answer",
    "overdue",
    "answered_not_acknowledged",
    "expiring_consent",
)
LISTS: Final = (TO_ANSWER, OVERDUE, ANSWERED, EXPIRING)
# How many of each are shown; the rest is in the lists, by filter.
MOST: Final = 50
SOON: Final = timedelta(days=14)
COLUMNS: Final = ("id", "team", "code", "spoken_name", "service_code", "urgency", "status", "due_at")


def read_inbox(by: Actor) -> dict[str, list[dict[str, Any]]]:
    """Return what awaits `by`, the most pressing first, and write one audit entry for each team."""
    branches = [_to_answer(by), _overdue(by), _answered(by), _expiring(by)]
    rows = branches[0].union(*branches[1:], all=True)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS}
    ids: dict[UUID | None, list[UUID]] = {}
    for kind, *values in rows:
        row = dict(zip(COLUMNS, values, strict=True))
        found[kind].append(row)
        ids.setdefault(row["team"], []).append(row["id"])
    recorder.record_list(by, "inbox.read", kind="referral", ids_by_team=ids)
    return {name: sorted(lines, key=_pressing) for name, lines in found.items()}


def _pressing(row: dict[str, Any]) -> tuple[bool, Any, str]:
    return row["due_at"] is None, row["due_at"] or 0, row["code"]


def _seen(by: Actor) -> QuerySet[Referral]:
    """What `by` sees as more than a stub: who sees only that has nothing left to answer or to be late with."""
    return visible_to(by, Referral.objects.all(), REACH.view).filter(~listing.stub(by))


def _to_answer(by: Actor) -> QuerySet[Referral, Any]:
    """Requests to the own organisation, and questions that the own side has yet to answer."""
    asked = Question.objects.filter(referral=OuterRef("pk"), replied_at=None)
    requests = listing.received_by(by) & Q(status="requested", recipient_organisation__has_accounts=True)
    theirs = listing.received_by(by) & Q(Exists(asked.filter(asked_by_side="requester")))
    ours = listing.sent_by(by) & Q(Exists(asked.filter(asked_by_side="target")))
    return _lines(_seen(by).filter(requests | theirs | ours), TO_ANSWER)


def _overdue(by: Actor) -> QuerySet[Referral, Any]:
    return _lines(_seen(by).filter(listing.overdue()), OVERDUE)


def _answered(by: Actor) -> QuerySet[Referral, Any]:
    """Ended, and the requester has yet to say what comes next."""
    ended = Q(status__in=TO_ACKNOWLEDGE, acknowledged_at=None)
    return _lines(_seen(by).filter(ended & listing.sent_by(by)), ANSWERED)


def _lines(referrals: QuerySet[Referral], kind: str) -> QuerySet[Referral, Any]:
    return referrals.order_by("due_at", "pk").values_list(
        Value(kind, output_field=CharField()),
        "pk",
        "team_id",
        "code",
        "case__spoken_name",
        listing.shown_service(),
        "urgency",
        "status",
        "due_at",
    )[:MOST]


def _expiring(by: Actor) -> QuerySet[Consent, Any]:
    """Consents of cases that are still worked on and end within a fortnight; `due_at` is their end."""
    soon = Consent.objects.filter(
        valid_until__gt=Now(),
        valid_until__lte=Now() + SOON,
        withdrawal=None,
        case__status__in=("proposed", "active", "on_hold"),
    )
    return (
        visible_to(by, soon, "consent.view")
        .order_by("valid_until", "pk")
        .values_list(
            Value(EXPIRING, output_field=CharField()),
            "pk",
            "team_id",
            "case__code",
            "case__spoken_name",
            Value("", output_field=CharField()),
            "case__urgency",
            "case__status",
            "valid_until",
        )[:MOST]
    )
