"""POST /referrals/{id}/complete, /fail, /cancel: the three ways in which a referral ends."""

import pytest

from backend.reference.lists import codes
from backend.referrals.models import Referral
from tests.api.referral_loop import Street, conflict, fault, street
from tests.backend.referrals.loops import NEED, moved
from tests.world import Town, ago

OUTCOMES = codes("referral_outcomes")
HELP = [code for code, row in OUTCOMES.items() if row.is_yes("help_given")]


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


@pytest.fixture
def accepted(way: Street) -> Referral:
    return way.loop.accepted()


@pytest.fixture
def started(way: Street) -> Referral:
    return way.loop.started()


@pytest.mark.parametrize("outcome", HELP)
def test_help_given_stays_open_to_the_recipient_until_it_is_acknowledged(
    way: Street, started: Referral, outcome: str
) -> None:
    done = way.step(started, "complete", {"outcome_code": outcome}, by="nurse").json
    assert (done["status"], done["outcome_code"], done["access"]) == ("completed", outcome, "full")
    assert done["business_status"] == ""


@pytest.mark.parametrize("outcome", HELP)
def test_help_given_needs_a_first_contact(way: Street, accepted: Referral, outcome: str) -> None:
    refused = way.step(accepted, "complete", {"outcome_code": outcome}, by="nurse")
    assert fault(refused) == ("/first_contact_at", "required")
    body = {"outcome_code": outcome, "first_contact_at": ago(seconds=5).isoformat()}
    assert way.step(accepted, "complete", body, by="nurse").json["status"] == "completed"


def test_no_help_needs_none(way: Street, accepted: Referral) -> None:
    done = way.step(accepted, "complete", {"outcome_code": "assessed-not-needed"}, by="nurse")
    assert (done.status, done.json["first_contact_at"]) == (200, None)


def test_referring_on_suggests_a_service_and_the_requester_decides(way: Street, accepted: Referral) -> None:
    body = {"outcome_code": "referred-on"}
    assert fault(way.step(accepted, "complete", body, by="nurse")) == ("/suggested_service_code", "required")
    body["suggested_service_code"] = "TX-DET"
    assert way.step(accepted, "complete", body, by="nurse").json["suggested_service_code"] == "TX-DET"
    assert way.read(accepted, by="social_worker").json["suggested_service_code"] == "TX-DET"


def test_a_confidential_service_is_suggested_by_phone_and_never_here(way: Street, accepted: Referral) -> None:
    body = {"outcome_code": "referred-on", "suggested_service_code": "PR-OAT"}
    refused = way.step(accepted, "complete", body, by="nurse")
    assert fault(refused) == ("/suggested_service_code", "confidential_service")
    seen = way.read(accepted, by="social_worker").json
    assert (seen["status"], seen["suggested_service_code"]) == ("accepted", "")


@pytest.mark.parametrize("by", ["social_worker", "coordinator", "nurse"])
def test_one_that_was_kept_before_is_not_said(way: Street, by: str) -> None:
    referral = moved(way.loop.completed(), suggested_service_code="PR-OAT")
    assert way.read(referral, by=by).json["suggested_service_code"] == "confidential"


@pytest.mark.parametrize(
    ("body", "code"), [({}, "required"), ({"outcome_code": "waitlisted"}, "unknown_code")]
)
def test_an_outcome_is_one_of_the_list(
    way: Street, started: Referral, body: dict[str, str], code: str
) -> None:
    assert fault(way.step(started, "complete", body, by="nurse")) == ("/outcome_code", code)


def test_a_failure_closes_the_content_at_once(way: Street, started: Referral) -> None:
    assert way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}").status == 200
    done = way.step(started, "fail", {"reason_code": "client-not-reached"}, by="nurse")
    assert (done.json["status"], done.json["access"]) == ("failed", "stub")
    assert way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}").status == 404
    assert way.read(started, by="social_worker").json["reason_code"] == "client-not-reached"


@pytest.mark.parametrize("verb", ["complete", "fail"])
def test_what_has_ended_does_not_end_again(way: Street, started: Referral, verb: str) -> None:
    body = {"complete": {"outcome_code": "service-started"}, "fail": {"reason_code": "client-moved"}}
    assert way.step(started, verb, body[verb], by="nurse").status == 200
    for again in ("complete", "fail"):
        assert conflict(way.step(started, again, body[again], by="nurse")) == ["undo"]


@pytest.mark.parametrize("verb", ["complete", "fail"])
def test_before_the_yes_there_is_nothing_to_end(way: Street, verb: str) -> None:
    body = {"complete": {"outcome_code": "service-started"}, "fail": {"reason_code": "client-moved"}}[verb]
    assert "accept" in conflict(way.step(way.loop.refer(), verb, body, by="nurse"))


@pytest.mark.parametrize("by", ["social_worker", "coordinator", "nurse"])
def test_either_side_calls_it_off_and_the_need_is_open_again(way: Street, started: Referral, by: str) -> None:
    done = way.step(started, "cancel", {"reason_code": "client-declined"}, by=by)
    assert (done.status, done.json["status"]) == (200, "cancelled")
    assert done.json["access"] == ("stub" if by == "nurse" else "full")
    assert way.loop.needs()[NEED][1] == "open"


def test_what_was_called_off_leaves_nothing_to_do(way: Street, started: Referral) -> None:
    way.step(started, "cancel", {"reason_code": "client-declined"}, by="social_worker")
    assert way.read(started, by="nurse").json["allowed_actions"] == []
    assert conflict(way.step(started, "cancel", {"reason_code": "duplicate"}, by="social_worker")) == []


def test_a_draft_that_is_called_off_never_was_for_the_recipient(way: Street) -> None:
    draft = way.loop.refer(send=False)
    assert way.step(draft, "cancel", {"reason_code": "duplicate"}, by="social_worker").status == 200
    assert way.read(draft, by="nurse").status == 404
    assert way.step(draft, "cancel", {"reason_code": "duplicate"}, by="nurse").status == 404


@pytest.mark.parametrize("reason", ["consent-withdrawn", "no-capacity", "waitlist"])
def test_calling_off_takes_its_own_reasons_only(way: Street, started: Referral, reason: str) -> None:
    refused = way.step(started, "cancel", {"reason_code": reason}, by="social_worker")
    assert fault(refused) == ("/reason_code", "not_for_this_step")


def test_calling_off_takes_no_report(way: Street, started: Referral) -> None:
    body = {"reason_code": "duplicate", "on_behalf": {"channel": "phone", "reporter": "provider"}}
    assert fault(way.step(started, "cancel", body, by="social_worker")) == ("/on_behalf", "unknown_field")
