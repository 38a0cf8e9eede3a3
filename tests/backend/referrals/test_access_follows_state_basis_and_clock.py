"""What a recipient sees, as a pure function of state, basis and clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reference.lists import codes
from backend.referrals.access import (
    FULL,
    NONE,
    PREVIEW,
    STUB,
    Moment,
    of_recipient,
    requester_has_reason,
    shown_reason,
)

pytestmark = pytest.mark.pure
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=1), NOW - timedelta(days=1)


def access(status: str, **values: Any) -> str:
    return of_recipient(
        Moment(**{"status": status, "now": NOW, "basis_until": LATER, "sent": True, **values})
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", NONE),
        ("requested", PREVIEW),
        ("accepted", FULL),
        ("in-progress", FULL),
        ("on-hold", FULL),
        ("completed", FULL),
        ("rejected", STUB),
        ("failed", STUB),
        ("cancelled", STUB),
        ("entered-in-error", NONE),
    ],
)
def test_each_status_opens_what_its_row_says(status: str, expected: str) -> None:
    assert access(status, ended_at=BEFORE) == expected


@pytest.mark.parametrize("status", ["accepted", "in-progress", "on-hold", "completed"])
def test_content_closes_with_the_basis_and_the_stub_stays(status: str) -> None:
    assert access(status, basis_until=BEFORE) == STUB
    assert access(status, basis_until=None) == STUB
    assert access(status, held_by_lapse=True) == STUB


def test_a_request_closes_altogether() -> None:
    assert access("requested", basis_until=BEFORE) == NONE


def test_completed_leaves_a_stub_from_its_acknowledgement() -> None:
    assert access("completed", ended_at=NOW - timedelta(days=99), acknowledged_at=BEFORE) == STUB
    assert access("completed", ended_at=BEFORE, acknowledged_at=NOW - timedelta(days=30)) == NONE


@pytest.mark.parametrize("status", ["rejected", "failed", "cancelled"])
def test_every_other_ending_leaves_it_for_thirty_days(status: str) -> None:
    assert access(status, ended_at=NOW - timedelta(days=29, hours=23)) == STUB
    assert access(status, ended_at=NOW - timedelta(days=30)) == NONE


def test_what_was_never_sent_leaves_nothing() -> None:
    assert access("cancelled", ended_at=BEFORE, sent=False) == NONE


moments = st.builds(
    Moment,
    status=st.sampled_from(list(codes("referral_statuses"))),
    now=st.just(NOW),
    basis_until=st.none() | st.integers(-99, 99).map(lambda days: NOW + timedelta(days=days)),
    sent=st.booleans(),
    ended_at=st.none() | st.integers(0, 99).map(lambda days: NOW - timedelta(days=days)),
    acknowledged_at=st.none() | st.integers(0, 99).map(lambda days: NOW - timedelta(days=days)),
    held_by_lapse=st.booleans(),
)


@given(moments)
def test_content_is_never_open_without_a_basis_that_holds(at: Moment) -> None:
    if of_recipient(at) in {FULL, PREVIEW}:
        assert at.basis_until is not None
        assert at.basis_until > NOW
        assert not at.held_by_lapse or at.status == "requested"
        assert at.acknowledged_at is None or at.status not in {"completed", "rejected", "failed"}


@given(moments)
def test_after_a_hundred_days_an_ended_referral_is_gone(at: Moment) -> None:
    late = Moment(
        status=at.status,
        now=NOW + timedelta(days=131),
        basis_until=at.basis_until,
        sent=at.sent,
        ended_at=at.ended_at,
        acknowledged_at=at.acknowledged_at,
        held_by_lapse=at.held_by_lapse,
    )
    if at.status in {"rejected", "failed", "cancelled", "entered-in-error", "draft"}:
        assert of_recipient(late) == NONE


def test_the_requester_follows_until_it_acknowledges_or_calls_it_off() -> None:
    assert requester_has_reason("rejected", acknowledged=False)
    assert not requester_has_reason("rejected", acknowledged=True)
    assert not requester_has_reason("cancelled", acknowledged=False)


@pytest.mark.parametrize(
    ("code", "classes", "shown"),
    [
        ("detained", set(), "other-coded"),
        ("detained", {"health"}, "other-coded"),
        ("detained", {"justice_transition"}, "detained"),
        ("hospitalised", set(), "other-coded"),
        ("hospitalised", {"health"}, "hospitalised"),
        ("no-capacity", set(), "no-capacity"),
        ("", set(), ""),
    ],
)
def test_a_reason_that_reveals_more_reads_other(code: str, classes: set[str], shown: str) -> None:
    assert shown_reason(code, classes=frozenset(classes)) == shown
