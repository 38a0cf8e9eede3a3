"""POST /referrals/{id}/start, /progress, /hold, /resume: the work between the yes and the end."""

from typing import Any

import pytest

from backend.reference.lists import codes
from backend.referrals.models import Referral
from tests.api.referral_loop import Street, conflict, fault, street
from tests.world import Town, ago, ahead

STATES = codes("business_statuses")


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


@pytest.fixture
def accepted(way: Street) -> Referral:
    return way.loop.accepted()


def test_a_start_records_the_first_contact_now(way: Street, accepted: Referral) -> None:
    done = way.step(accepted, "start", by="nurse").json
    assert (done["status"], done["business_status"]) == ("in-progress", "engaged")
    assert done["first_contact_at"] is not None
    assert done["overdue"] is False


@pytest.mark.parametrize(
    ("at", "code"), [(ahead(hours=2), "in_the_future"), (ago(days=3), "before_it_was_sent")]
)
def test_a_first_contact_lies_between_sending_and_now(
    way: Street, accepted: Referral, at: Any, code: str
) -> None:
    refused = way.step(accepted, "start", {"first_contact_at": at.isoformat()}, by="nurse")
    assert fault(refused) == ("/first_contact_at", code)


def test_before_the_yes_nothing_starts(way: Street) -> None:
    assert "accept" in conflict(way.step(way.loop.refer(), "start", by="nurse"))


def test_it_starts_once(way: Street, accepted: Referral) -> None:
    way.step(accepted, "start", by="nurse")
    assert "start" not in conflict(way.step(accepted, "start", by="nurse"))


@pytest.mark.parametrize("state", STATES)
def test_a_finer_state_is_taken_where_the_list_allows_it(way: Street, accepted: Referral, state: str) -> None:
    done = way.step(accepted, "progress", {"business_status": state}, by="nurse")
    if "accepted" in STATES[state].values("allowed_in_status"):
        assert (done.status, done.json["business_status"]) == (200, state)
        assert done.json["events"][-1]["detail"] == state
    else:
        assert fault(done) == ("/business_status", "not_in_this_status")


def test_an_appointment_alone_is_progress_too(way: Street, accepted: Referral) -> None:
    done = way.step(accepted, "progress", {"appointment": ahead(days=1).isoformat()}, by="nurse")
    assert (done.status, done.json["business_status"]) == (200, "appointment-set")


@pytest.mark.parametrize(("body", "code"), [({}, "required"), ({"business_status": "happy"}, "unknown_code")])
def test_no_state_is_no_progress(way: Street, accepted: Referral, body: dict[str, str], code: str) -> None:
    assert fault(way.step(accepted, "progress", body, by="nurse")) == ("/business_status", code)


def test_a_pause_keeps_the_content_open_and_names_its_reason(way: Street, accepted: Referral) -> None:
    held = way.step(accepted, "hold", {"reason_code": "transport"}, by="nurse")
    assert (held.status, held.json["status"], held.json["access"]) == (200, "on-hold", "full")
    assert way.read(accepted, by="social_worker").json["reason_code"] == "transport"
    assert "resume" in held.json["allowed_actions"]


@pytest.mark.parametrize("reason", ["consent-lapsed", "agreement-lapsed", "duplicate", "no-answer"])
def test_a_pause_takes_no_reason_of_the_system_or_of_another_step(
    way: Street, accepted: Referral, reason: str
) -> None:
    refused = way.step(accepted, "hold", {"reason_code": reason}, by="nurse")
    assert fault(refused) == ("/reason_code", "not_for_this_step")


def test_a_pause_before_the_first_contact_ends_with_it(way: Street, accepted: Referral) -> None:
    way.step(accepted, "hold", {"reason_code": "transport"}, by="nurse")
    on = way.step(accepted, "resume", by="nurse").json
    assert (on["status"], on["reason_code"]) == ("in-progress", "")
    assert on["first_contact_at"] is not None


def test_what_is_not_paused_does_not_resume(way: Street, accepted: Referral) -> None:
    assert "hold" in conflict(way.step(accepted, "resume", by="nurse"))


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("start", {}),
        ("progress", {"business_status": "no-show"}),
        ("hold", {"reason_code": "transport"}),
        ("resume", {}),
    ],
)
def test_the_work_is_the_recipients(way: Street, accepted: Referral, verb: str, body: dict[str, str]) -> None:
    for by in ("social_worker", "coordinator"):
        assert way.step(accepted, verb, body, by=by).status == 403
    assert way.step(accepted, verb, body, by="outreach").status == 404
    assert Referral.objects.get(pk=accepted.pk).status == "accepted"
