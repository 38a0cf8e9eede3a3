"""Rows are masked in Python and filtered in SQL: both say the same of every state, side and clock, to everybody."""

from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Q, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from backend.referrals import agreement, listing
from backend.referrals.lifecycle import OPEN
from backend.referrals.models import Referral
from permissions.actor import Actor
from permissions.seats import Seat
from tests.backend.referrals.loops import Loop, opened
from tests.backend.referrals.rows import a_row
from tests.world import Town, ago, ahead, make_organisation

LATE: dict[str, Any] = {"due_at": ago(hours=1)}
STATES: dict[str, tuple[str, dict[str, Any]]] = {
    "a draft": ("draft", {}),
    "asked": ("requested", {"due_at": ahead(hours=1)}),
    "asked, late": ("requested", LATE),
    "asked, late, its basis over": ("requested", {**LATE, "basis_until": ago(minutes=1)}),
    "accepted, late": ("accepted", LATE),
    "accepted, late, in contact": ("accepted", {**LATE, "first_contact_at": ago(hours=2)}),
    "accepted, late, its basis over": ("accepted", {**LATE, "basis_until": ago(minutes=1)}),
    "begun on no basis": ("in-progress", {**LATE, "basis_until": None}),
    "held": ("on-hold", {**LATE, "reason_code": "no-contact", "paused_at": ago(minutes=5)}),
    "held by a lapse": ("on-hold", {**LATE, "reason_code": "consent-lapsed"}),
    "held by a lapsed agreement": ("on-hold", {"reason_code": "agreement-lapsed"}),
    "completed": ("completed", {"ended_at": ago(days=1)}),
    "completed and acknowledged": ("completed", {"acknowledged_at": ago(days=1)}),
    "rejected": ("rejected", {**LATE, "reason_code": "consent-lapsed", "ended_at": ago(days=1)}),
    "failed": ("failed", {"ended_at": ago(days=40)}),
    "cancelled": ("cancelled", {"ended_at": ago(days=1)}),
    "a mistake": ("entered-in-error", LATE),
}
WAYS = (
    ("centre", "clinic"), ("clinic", "centre"), ("clinic", "clinic"), ("centre", "partner"), ("centre", None),
)  # fmt: skip
HIDDEN = ("team", "urgency", "spoken_name", "business_status", "due_at", "requester", "recipient", "overdue")


@pytest.fixture(scope="module")
def loop(database: None) -> Loop:
    """A row for each state on each way. The partner has lost its memorandum."""
    loop = opened(Town())
    loop.town.__dict__["partner"] = make_organisation("cso")
    loop.town.worker("member", loop.town.clinic)
    for (status, values), (sender, to) in product(STATES.values(), WAYS):
        a_row(
            loop,
            status,
            requester_organisation=getattr(loop.town, sender),
            recipient_organisation=None if to is None else getattr(loop.town, to),
            business_status="engaged",
            **values,
        )
    return loop


def met_by(rows: QuerySet[Referral], condition: Q) -> set[UUID]:
    """Return the rows that meet a condition; all others meet its opposite."""
    found = set(rows.filter(condition).values_list("pk", flat=True))
    opposite = set(rows.filter(~condition).values_list("pk", flat=True))
    assert not found & opposite
    assert len(found | opposite) == len(STATES) * len(WAYS)
    return found


def check(loop: Loop, by: Actor) -> set[tuple[str, bool]]:
    """Compare every row; return which pairs of side and stub there were."""
    met, rows = set(), Referral.objects.filter(case=loop.case)
    stubs, sent = met_by(rows, listing.stub(by)), met_by(rows, listing.sent_by(by))
    late = met_by(rows, listing.overdue() & ~listing.stub(by))
    lapsed = met_by(rows, Q(status__in=OPEN) & agreement.unattended() & listing.sent_by(by))
    read = list(listing.with_columns(rows))
    for row, plain in zip(listing.as_rows(by, read), read, strict=True):
        name, key = f"{plain['status']} {plain['code']}", plain["id"]
        stub = all(row[column] in (None, "", False) for column in HIDDEN)
        assert row["side"] == (listing.SENT if key in sent else listing.RECEIVED), name
        assert (stub, row["overdue"], row["needs_rerouting"]) == (key in stubs, key in late, key in lapsed), (
            name
        )
        assert (row["id"], row["code"], row["status"]) == (plain["id"], plain["code"], plain["status"])
        if not stub:
            assert (row["team"], row["due_at"]) == (plain["team_id"], plain["due_at"])
            assert (row["requester"], row["recipient"]) == (
                plain["requester_organisation_id"],
                plain["recipient_organisation_id"],
            )
        met.add((row["side"], stub))
    return met


def seats(loop: Loop) -> dict[str, Seat]:
    town = loop.town
    team = town.team.id
    return {
        "requester": Seat("member", team, town.centre.id),
        "recipient": Seat("member", team, town.clinic.id),
        "recipient of one service": Seat("member", team, town.clinic.id, frozenset({"TX-DET"})),
        "coordinator": Seat("coordinator", team, town.centre.id),
        "coordinator of the clinic": Seat("coordinator", team, town.clinic.id),
        "coordinator of no house": Seat("coordinator", team),
        "deputy": Seat("deputy_coordinator", team, town.clinic.id),
        "deputy who acts": Seat("deputy_coordinator", team, town.clinic.id, acting=True),
        "partner": Seat("partner_worker", None, town.partner.id),
        "partner by a token": Seat("partner_worker", team, town.partner.id),
        "coordinator elsewhere": Seat("coordinator", uuid4(), town.clinic.id),
        "clinic elsewhere": Seat("member", uuid4(), town.clinic.id),
        "lead": Seat("municipal_lead", team),
    }


NAMES = (
    "requester", "recipient", "recipient of one service", "coordinator", "coordinator of the clinic",
    "coordinator of no house", "deputy", "deputy who acts", "partner", "partner by a token", "coordinator elsewhere",
    "clinic elsewhere", "lead",
)  # fmt: skip
WHOLE_TEAM = {"coordinator", "coordinator of the clinic", "coordinator of no house", "deputy who acts"}


@pytest.mark.parametrize("name", NAMES)
def test_one_seat_reads_the_same_in_both(loop: Loop, name: str) -> None:
    met = check(loop, Actor(id=uuid4(), seats=(seats(loop)[name],)))
    # To whom the whole team is open nothing is a stub; to everybody else something is.
    assert any(stub for _, stub in met) == (name not in WHOLE_TEAM)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=some.lists(some.sampled_from(NAMES), min_size=2, max_size=4))
def test_several_seats_read_the_same_in_both(loop: Loop, chosen: list[str]) -> None:
    check(loop, Actor(id=uuid4(), seats=tuple(seats(loop)[name] for name in chosen)))


def test_nobody_stands_on_no_side(loop: Loop) -> None:
    assert {side for side, _ in check(loop, Actor(id=uuid4()))} == {listing.RECEIVED}


def test_every_pair_of_side_and_mask_is_met(loop: Loop) -> None:
    met = check(loop, Actor(id=uuid4(), seats=(seats(loop)["recipient"],)))
    assert met == {("sent", False), ("received", False), ("received", True)}


def test_what_has_no_agreement_is_marked_for_the_requester_alone(loop: Loop) -> None:
    marked: dict[str, set[UUID | None]] = {}
    for name in ("requester", "coordinator", "recipient", "partner"):
        rows = listing.as_rows(
            Actor(id=uuid4(), seats=(seats(loop)[name],)),
            list(listing.with_columns(Referral.objects.filter(case=loop.case))),
        )
        marked[name] = {row["recipient"] for row in rows if row["needs_rerouting"]}
    partner = loop.town.partner.id
    assert marked == {"requester": {partner}, "coordinator": {partner}, "recipient": set(), "partner": set()}


def test_a_confidential_service_is_said_to_nobody(loop: Loop) -> None:
    row = {**listing.with_columns(Referral.objects.filter(case=loop.case))[0], "confidential": True}
    for name in NAMES:
        (shown,) = listing.as_rows(Actor(id=uuid4(), seats=(seats(loop)[name],)), [row])
        assert shown["service_code"] == "confidential"


def test_no_row_is_no_question(loop: Loop) -> None:
    assert listing.as_rows(Actor(id=uuid4()), []) == []
