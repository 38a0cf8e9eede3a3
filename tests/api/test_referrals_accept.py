"""POST /referrals/{id}/accept: the recipient says yes and by when."""

import pytest

from backend.referrals.models import Referral
from tests.api.audit import Audit
from tests.api.referral_loop import Street, conflict, fault, street
from tests.world import Town, ago, ahead


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


@pytest.fixture
def referral(way: Street) -> Referral:
    return way.loop.refer()


def test_a_yes_opens_the_content_and_sets_the_first_state(way: Street, referral: Referral) -> None:
    done = way.step(referral, "accept", by="nurse")
    assert (done.status, done.json["status"], done.json["access"]) == (200, "accepted", "full")
    assert done.json["business_status"] == "awaiting-first-contact"
    assert done.json["answered_at"] is not None


def test_it_may_name_the_time_of_the_first_contact(way: Street, referral: Referral) -> None:
    due = ahead(days=2).replace(microsecond=0)
    done = way.step(referral, "accept", {"first_contact_due": due.isoformat()}, by="nurse")
    assert done.json["due_at"] == due.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_it_may_set_an_appointment_that_both_sides_read(way: Street, referral: Referral) -> None:
    at = ahead(days=1).replace(microsecond=0)
    done = way.step(referral, "accept", {"appointment": at.isoformat()}, by="nurse")
    said = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (done.json["business_status"], done.json["appointment"]) == ("appointment-set", said)
    assert way.read(referral, by="social_worker").json["appointment"] == said


@pytest.mark.parametrize("name", ["first_contact_due", "appointment"])
def test_a_time_that_is_past_is_refused(way: Street, referral: Referral, name: str) -> None:
    refused = way.step(referral, "accept", {name: ago(hours=1).isoformat()}, by="nurse")
    assert fault(refused) == (f"/{name}", "in_the_past")
    assert way.read(referral, by="nurse").json["status"] == "requested"


@pytest.mark.parametrize(
    "at", ["9990-12-31T10:00:00Z", "9999-12-31T23:59:59Z", ahead(days=91).isoformat()], ids=range(3)
)
def test_a_first_contact_more_than_ninety_days_away_is_refused(
    way: Street, referral: Referral, at: str
) -> None:
    refused = way.step(referral, "accept", {"first_contact_due": at}, by="nurse")
    assert fault(refused) == ("/first_contact_due", "too_late")
    far = ahead(days=89).isoformat()
    assert way.step(referral, "accept", {"first_contact_due": far}, by="nurse").status == 200


@pytest.mark.parametrize(
    "at", ["9999-12-28T10:00:00Z", "9999-12-31T23:59:59Z", ahead(days=368).isoformat()], ids=range(3)
)
def test_an_appointment_more_than_a_year_away_is_refused(way: Street, referral: Referral, at: str) -> None:
    assert fault(way.step(referral, "accept", {"appointment": at}, by="nurse")) == ("/appointment", "too_far")
    way.step(referral, "accept", by="nurse")
    way.step(referral, "start", by="nurse")
    refused = way.step(referral, "progress", {"appointment": at}, by="nurse")
    assert fault(refused) == ("/appointment", "too_far")


@pytest.mark.parametrize("value", ["tomorrow", "", 7, "2026-13-45T00:00:00Z"])
def test_a_time_that_is_none_is_refused(way: Street, referral: Referral, value: object) -> None:
    refused = way.step(referral, "accept", {"first_contact_due": value}, by="nurse")
    assert fault(refused)[0] == "/first_contact_due"


def test_a_second_yes_is_a_conflict_with_what_is_legal(way: Street, referral: Referral) -> None:
    way.step(referral, "accept", by="nurse")
    legal = conflict(way.step(referral, "accept", by="nurse"))
    assert legal == ["ask", "cancel", "complete", "fail", "hold", "progress", "start"]


def test_the_requester_is_the_wrong_side(way: Street, referral: Referral) -> None:
    refused = way.step(referral, "accept", by="social_worker")
    assert (refused.status, refused.code) == (403, "forbidden")


def test_the_version_that_was_read_is_heeded(way: Street, referral: Referral) -> None:
    assert way.step(referral, "accept", by="nurse", If_Match='"7"').status == 412
    assert way.step(referral, "accept", by="nurse", If_Match=f'"{referral.version}"').status == 200


def test_an_unknown_field_is_refused(way: Street, referral: Referral) -> None:
    assert fault(way.step(referral, "accept", {"diagnosis": "x"}, by="nurse")) == (
        "/diagnosis",
        "unknown_field",
    )


def test_it_leaves_one_entry_with_its_side_and_step(way: Street, referral: Referral, audit: Audit) -> None:
    way.step(referral, "accept", by="nurse")
    (entry,) = audit.entries(object_id=str(referral.id), verb="referral.accepted")
    assert entry["said"]["facts"] == {"side": "target", "from_status": "requested", "to_status": "accepted"}
    assert entry["log"] == way.loop.town.team.id
