"""What awaits somebody today: four lists of plain columns, in one query. Nothing is opened."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Now

from audit import recorder
from backend.cases.models import Consent, Withdrawal
from backend.prepared import Prepared
from backend.referrals import listing
from backend.referrals.lifecycle import TO_ACKNOWLEDGE
from backend.referrals.models import Question, Referral
from backend.referrals.models.reach import REACH
from permissions.actor import Actor
from permissions.scope import branches

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
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS}
    for kind, *values in _INBOX.rows(by):
        found[kind].append(dict(zip(COLUMNS, values, strict=True)))
    shown = {name: sorted(lines, key=_pressing)[:MOST] for name, lines in found.items()}
    ids: dict[UUID | None, list[UUID]] = {}
    for row in (row for lines in shown.values() for row in lines):
        ids.setdefault(row["team"], []).append(row["id"])
    recorder.record_list(by, "inbox.read", kind="referral", ids_by_team=ids)
    return shown


def pending(by: Actor) -> int:
    """Return how many referrals await `by`: a number and no row, so there is no reading to record."""
    return len({values[0] for kind, *values in _INBOX.rows(by) if kind != EXPIRING})


def _inbox(by: Actor) -> QuerySet[Any, Any]:
    """Each line of each part of what `by` sees comes from an index of its own, so that none is found by searching."""
    # A condition that holds of every row costs the planner all the same.
    alive = Q() if listing.follows_all(by) else ~listing.stub(by)
    if by.keyless:
        alive &= ~Q(team_id__in=sorted(by.keyless))
    seen = branches(by, Referral.objects.filter(alive), REACH.view)
    parts: list[QuerySet[Any, Any]] = [
        lines for rows in seen for lines in (*_to_answer(by, rows), _overdue(rows), _answered(by, rows))
    ]
    parts += [_expiring(rows) for rows in branches(by, _soon(by), "consent.view")]
    return parts[0].union(*parts[1:], all=True) if parts else Referral.objects.none().values_list("pk")


def _pressing(row: dict[str, Any]) -> tuple[bool, Any, str]:
    return row["due_at"] is None, row["due_at"] or 0, row["code"]


def _to_answer(by: Actor, rows: QuerySet[Referral]) -> Iterator[QuerySet[Referral, Any]]:
    """Requests to the own organisation, and questions that the own side has yet to answer."""
    asked = Q(status="requested", recipient_organisation__has_accounts=True)
    yield _lines(rows.filter(listing.received_by(by) & asked), TO_ANSWER)
    for side, who in (("requester", listing.received_by(by)), ("target", listing.sent_by(by))):
        yield _lines(rows.filter(who, pk__in=_open_questions(by, side).values("referral")), TO_ANSWER)


def _open_questions(by: Actor, side: str) -> QuerySet[Question]:
    found = Question.objects.filter(replied_at=None, asked_by_side=side)
    teams = [seat.team_id for seat in by.seats if seat.team_id]
    return found.filter(team_id__in=teams) if len(teams) == len(by.seats) else found


def _overdue(rows: QuerySet[Referral]) -> QuerySet[Referral, Any]:
    return _lines(rows.filter(listing.overdue()), OVERDUE)


def _answered(by: Actor, rows: QuerySet[Referral]) -> QuerySet[Referral, Any]:
    """Ended, and the requester has yet to say what comes next."""
    ended = Q(status__in=TO_ACKNOWLEDGE, acknowledged_at=None)
    return _lines(rows.filter(ended & listing.sent_by(by)), ANSWERED)


def _lines(referrals: QuerySet[Referral], kind: str) -> QuerySet[Referral, Any]:
    return referrals.order_by("due_at", "pk").values_list(
        Value(kind, output_field=CharField()),
        "pk",
        "team_id",
        "code",
        "spoken_name",
        listing.shown_service(),
        "urgency",
        "status",
        "due_at",
    )[:MOST]


def _soon(by: Actor) -> QuerySet[Consent]:
    """Consents of cases that are still worked on and end within a fortnight; `due_at` is their end."""
    keyless = Q(team_id__in=sorted(by.keyless)) if by.keyless else Q(pk__in=())
    return Consent.objects.filter(
        ~keyless,
        ~Exists(Withdrawal.objects.filter(consent=OuterRef("pk"))),
        valid_until__gt=Now(),
        valid_until__lte=Now() + SOON,
        case__status__in=("proposed", "active", "on_hold"),
    )


def _expiring(consents: QuerySet[Consent]) -> QuerySet[Consent, Any]:
    return consents.order_by("valid_until", "pk").values_list(
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


_INBOX: Final = Prepared(_inbox)
