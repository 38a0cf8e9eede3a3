"""POST /consents/{id}/withdraw: one call by any worker who is told, and everything that stood on it has ended."""

import pytest

from tests.api.audit import Audit
from tests.api.referral_loop import Street, street
from tests.world import Town


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def withdraw(way: Street, *, by: str) -> int:
    return way.by(by).post(f"/api/v1/consents/{way.loop.consent.id}/withdraw", {}).status


def test_the_referral_is_a_stub_and_the_case_absent_at_once(way: Street) -> None:
    referral = way.loop.started()
    assert withdraw(way, by="social_worker") == 200
    seen = way.read(referral, by="nurse").json
    assert (seen["status"], seen["access"], seen["facts"]) == ("cancelled", "stub", None)
    assert way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}").status == 404
    assert way.read(referral, by="social_worker").json["reason_code"] == "consent-withdrawn"


def test_the_recipient_may_be_the_one_who_is_told(way: Street) -> None:
    referral = way.loop.started()
    assert withdraw(way, by="nurse") == 200
    assert way.read(referral, by="social_worker").json["status"] == "cancelled"


def test_who_does_not_see_the_consent_finds_none(way: Street) -> None:
    assert withdraw(way, by="outreach") == 404
    assert withdraw(way, by="partner_worker") == 404
    assert way.loop.refer().status == "requested"


def test_it_is_withdrawn_once(way: Street) -> None:
    assert withdraw(way, by="social_worker") == 200
    again = way.by("social_worker").post(f"/api/v1/consents/{way.loop.consent.id}/withdraw", {})
    assert (again.status, again.code) == (409, "already_withdrawn")


def test_the_entry_names_what_was_cancelled_and_the_system_who_did_it(way: Street, audit: Audit) -> None:
    referral = way.loop.started()
    withdraw(way, by="social_worker")
    (entry,) = audit.entries(verb="consent.withdrawn", object_id=str(way.loop.consent.id))
    assert entry["said"]["facts"]["cancelled"] == [referral.code]
    (cancelled,) = audit.entries(verb="referral.cancelled", object_id=str(referral.id))
    assert (cancelled["actor_kind"], cancelled["said"]["facts"]["side"]) == ("system", "system")


def test_closing_the_case_is_a_conflict_until_then(way: Street) -> None:
    way.loop.started()
    close = f"/api/v1/cases/{way.loop.case.id}/close"
    body = {"closure_reason": "consent_withdrawn"}
    refused = way.by("coordinator").post(close, body)
    assert (refused.status, refused.code) == (409, "open_referrals")
    withdraw(way, by="social_worker")
    assert way.by("coordinator").post(close, body).status == 200
