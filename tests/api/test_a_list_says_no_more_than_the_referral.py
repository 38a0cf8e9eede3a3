"""A row of a list beside the referral itself: a stub hides the same in both, and no filter finds what is hidden."""

from typing import Any

import pytest

from backend.referrals.models import Referral
from tests.api.client import client_for
from tests.api.referral_loop import AT, Street, street
from tests.backend.referrals.loops import moved
from tests.world import Town, ago

SHARED = (
    "id", "code", "team", "spoken_name", "service_code", "urgency", "status", "business_status", "due_at",
    "overdue", "requester", "recipient", "sent_at", "created_at", "version",
)  # fmt: skip
OF_A_STUB = {"id", "code", "service_code", "status", "sent_at", "created_at", "version", "side"}


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def rows(way: Street, *, by: str, **query: Any) -> list[dict[str, Any]]:
    answer = way.by(by).get(AT, query=query)
    assert answer.status == 200, answer.raw
    found: list[dict[str, Any]] = answer.json["results"]
    return found


def lapsed(way: Street) -> Referral:
    """Return an overdue referral that the recipient accepted, and whose consent has run out since."""
    return moved(way.loop.accepted(), basis_until=ago(minutes=1), due_at=ago(hours=1))


STUBS = {
    "rejected": lambda way: way.loop.rejected(),
    "lapsed": lapsed,
    "acknowledged": lambda way: moved(way.loop.completed(), acknowledged_at=ago(minutes=1)),
}


@pytest.mark.parametrize("name", STUBS)
def test_a_stub_in_a_list_is_a_stub(way: Street, name: str) -> None:
    referral = STUBS[name](way)
    (row,) = rows(way, by="nurse")
    assert {key for key, value in row.items() if value not in (None, "", False)} == OF_A_STUB
    assert way.read(referral, by="nurse").json["access"] == "stub"


@pytest.mark.parametrize("by", ["nurse", "social_worker", "coordinator"])
@pytest.mark.parametrize("name", [*STUBS, "requested", "accepted"])
def test_a_row_says_what_the_referral_says(way: Street, name: str, by: str) -> None:
    makers = {**STUBS, "requested": lambda way: way.loop.refer(), "accepted": lambda way: way.loop.accepted()}
    referral = makers[name](way)
    (row,) = rows(way, by=by)
    seen = way.read(referral, by=by).json
    assert {key: row[key] for key in SHARED} == {key: seen[key] for key in SHARED}


def test_a_coordinator_of_the_recipient_s_organisation_keeps_sight(way: Street) -> None:
    referral = way.loop.rejected()
    client = client_for(way.loop.town.worker("coordinator", way.loop.town.clinic))
    (row,) = client.get(AT).json["results"]
    assert client.get(f"{AT}/{referral.id}").json["access"] == "coordination"
    assert (row["team"], row["urgency"]) == (str(way.loop.town.team.id), "routine")


@pytest.mark.parametrize("name", STUBS)
def test_no_filter_finds_a_stub_by_what_it_hides(way: Street, name: str) -> None:
    referral = STUBS[name](way)
    hidden = {
        "case": referral.case_id,
        "team": referral.team_id,
        "urgency": referral.urgency,
        "requester": referral.requester_organisation_id,
        "recipient": referral.recipient_organisation_id,
        "overdue": "true",
    }
    for key, value in hidden.items():
        assert rows(way, by="nurse", **{key: value}) == [], key
        assert key == "overdue" or rows(way, by="social_worker", **{key: value}), key
    assert len(rows(way, by="nurse", service_code="TX-OPC", status=referral.status)) == 1


def test_the_case_finds_a_request_only_once_it_is_accepted(way: Street) -> None:
    referral = way.loop.refer()
    case = str(way.loop.case.id)
    assert way.read(referral, by="nurse").json["case"] is None
    assert rows(way, by="nurse", case=case) == []
    assert len(rows(way, by="nurse")) == 1
    assert len(rows(way, by="social_worker", case=case)) == len(rows(way, by="coordinator", case=case)) == 1
    way.step(referral, "accept", by="nurse")
    assert [row["id"] for row in rows(way, by="nurse", case=case)] == [str(referral.id)]


def test_a_stub_awaits_nobody_in_the_inbox(way: Street) -> None:
    lapsed(way)
    inbox = way.by("nurse").get("/api/v1/inbox").json
    assert not any(lines for name, lines in inbox.items() if name != "redisclosure_notice")
    assert len(way.by("social_worker").get("/api/v1/inbox").json["overdue"]) == 1
