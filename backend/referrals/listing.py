"""The rows of a list: plain columns in one query. Nothing is opened, and nothing sealed leaves the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Now

from backend.prepared import Prepared
from backend.referrals import agreement
from backend.referrals.access import CONFIDENTIAL
from backend.referrals.lifecycle import ENDED, OPEN
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from backend.referrals.reasons import LAPSES
from permissions.actor import Actor
from permissions.scope import NOBODY

SENT, RECEIVED = "sent", "received"
COLUMNS: Final = (
    "id", "code", "version", "team_id", "spoken_name", "service_code", "urgency", "status", "business_status",
    "due_at", "requester_organisation_id", "recipient_organisation_id", "sent_at", "created_at", "basis_until",
    "acknowledged_at", "reason_code", "confidential", "is_overdue", "now",
)  # fmt: skip


def overdue() -> Q:
    """Return the condition that a first contact is overdue: none yet, the clock runs, and its time is over."""
    running = Q(status__in=OPEN, first_contact_at=None, paused_at=None)
    return running & Q(due_at__lt=Now())


def sent_by(by: Actor) -> Q:
    """Return the condition that `by` stands with the requester: for its organisation, or as coordinator."""
    found = NOBODY
    for seat in by.seats:
        here = Q(team_id=seat.team_id) if seat.team_id else Q()
        if seat.organisation_id:
            found |= here & Q(requester_organisation_id=seat.organisation_id)
        if seat.team_id and seat.word(REACH.view) == "yes":
            found |= here & ~Q(recipient_organisation_id=seat.organisation_id)
    return found


def received_by(by: Actor) -> Q:
    """Return the condition that the referral is addressed to an organisation of `by`."""
    found = NOBODY
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


def case_unseen(by: Actor) -> Q:
    """Return the condition that the case of a referral does not show to `by`: a stub, or not answered yet."""
    return stub(by) | (Q(status="requested") & ~_followed(by))


def follows_all(by: Actor) -> bool:
    """Say whether `by` follows the whole team wherever it sees referrals, so that none that it sees is a stub."""
    return all(seat.team_id and seat.word(REACH.view) == "yes" for seat in by.seats_for(REACH.view))


def _followed(by: Actor) -> Q:
    """Return the condition that `by` keeps sight of a referral whatever becomes of it."""
    teams = [seat.team_id for seat in by.seats if seat.team_id and seat.word(REACH.view) == "yes"]
    return sent_by(by) | Q(team_id__in=teams)


def with_columns(referrals: QuerySet[Referral]) -> QuerySet[Any, dict[str, Any]]:
    """Return what `as_row` needs of each referral: plain columns, and the moment at which they were read."""
    rows: QuerySet[Any, dict[str, Any]] = referrals.annotate(
        confidential=_flag(Q(sealed_service__isnull=False)), is_overdue=_flag(overdue()), now=Now()
    ).values(*COLUMNS)
    return rows


def shown_service() -> Case:
    """Return the code of the service, or the word for one that a list does not say."""
    return Case(
        When(sealed_service__isnull=False, then=Value(CONFIDENTIAL)),
        default=F("service_code"),
        output_field=CharField(),
    )


def _flag(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _lapsed(*, ids: Sequence[UUID]) -> QuerySet[Referral, Any]:
    return Referral.objects.filter(agreement.lapsed(), pk__in=ids).values_list(
        "team_id", "recipient_organisation_id"
    )


_LAPSED: Final = Prepared(_lapsed)


def as_rows(by: Actor, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows under the names of the API. A stub says its code, service, status and dates, nothing else."""
    rows = list(rows)
    sides = {team_id: _Sides.of(by, team_id) for team_id in {row["team_id"] for row in rows}}
    sent = [sides[row["team_id"]].sent(row) for row in rows]
    lapsed = _lapsed_of(row for row, mine in zip(rows, sent, strict=True) if mine)
    return [
        _as_row(row, sent=mine, closed=sides[row["team_id"]].is_stub(row, sent=mine), lapsed=lapsed)
        for row, mine in zip(rows, sent, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What somebody is in one team: says of a row what `sent_by` and `stub` say in the query."""

    organisations: frozenset[UUID]
    # For each seat that follows the whole team, its organisation.
    followed_from: frozenset[UUID | None]

    @classmethod
    def of(cls, by: Actor, team_id: UUID) -> "_Sides":
        followed = (seat for seat in by.seats if seat.team_id == team_id and seat.word(REACH.view) == "yes")
        return cls(by.organisations(team_id=team_id), frozenset(seat.organisation_id for seat in followed))

    def sent(self, row: Mapping[str, Any]) -> bool:
        if row["requester_organisation_id"] in self.organisations:
            return True
        return any(row["recipient_organisation_id"] != one for one in self.followed_from)

    def is_stub(self, row: Mapping[str, Any], *, sent: bool) -> bool:
        if sent or self.followed_from:
            return False
        ended = row["status"] in ENDED - {"completed"} or row["acknowledged_at"] is not None
        over = row["basis_until"] is not None and row["basis_until"] <= row["now"]
        return ended or over or (row["status"] == "on-hold" and row["reason_code"] in LAPSES)


def _lapsed_of(rows: Iterable[Mapping[str, Any]]) -> frozenset[tuple[UUID, UUID]]:
    """Return the teams and recipients without an agreement among open referrals; one is asked about for each pair."""
    asked = {_pair(row): row["id"] for row in rows if row["status"] in OPEN and _pair(row)[1] is not None}
    return frozenset(_LAPSED.rows(ids=list(asked.values()))) if asked else frozenset()


def _pair(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row["team_id"], row["recipient_organisation_id"]


def _as_row(
    row: Mapping[str, Any], *, sent: bool, closed: bool, lapsed: frozenset[tuple[UUID, UUID]]
) -> dict[str, Any]:
    return {
        "id": row["id"],
        "code": row["code"],
        "version": row["version"],
        "team": None if closed else row["team_id"],
        "spoken_name": "" if closed else row["spoken_name"],
        "service_code": CONFIDENTIAL if row["confidential"] else row["service_code"],
        "urgency": "" if closed else row["urgency"],
        "status": row["status"],
        "business_status": "" if closed else row["business_status"],
        "due_at": None if closed else row["due_at"],
        "overdue": bool(row["is_overdue"]) and not closed,
        "requester": None if closed else row["requester_organisation_id"],
        "recipient": None if closed else row["recipient_organisation_id"],
        "sent_at": row["sent_at"],
        "needs_rerouting": sent and row["status"] in OPEN and _pair(row) in lapsed,
        "side": SENT if sent else RECEIVED,
        "created_at": row["created_at"],
    }
