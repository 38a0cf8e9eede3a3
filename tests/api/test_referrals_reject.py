"""POST /referrals/{id}/reject: the recipient says no, with a reason that the requester always sees."""

import pytest

from backend.reference.lists import codes
from backend.referrals.choices import SYSTEM_REASONS
from backend.referrals.models import Referral
from tests.api.referral_loop import Street, conflict, fault, street
from tests.world import Town

REASONS = [code for code, row in codes("referral_reasons").items() if "rejected" in row.values("applies_to")]
OTHERS = [code for code in codes("referral_reasons") if code not in REASONS]


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


@pytest.fixture
def referral(way: Street) -> Referral:
    return way.loop.refer()


def test_a_no_leaves_a_stub_and_a_reason_for_the_requester(way: Street, referral: Referral) -> None:
    done = way.step(referral, "reject", {"reason_code": "no-capacity"}, by="nurse")
    assert (done.status, done.json["status"], done.json["access"]) == (200, "rejected", "stub")
    seen = way.read(referral, by="social_worker").json
    assert (seen["reason_code"], seen["ended_at"] is not None) == ("no-capacity", True)
    assert seen["allowed_actions"] == ["acknowledge"]


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_of_the_list_is_taken(way: Street, referral: Referral, reason: str) -> None:
    assert way.step(referral, "reject", {"reason_code": reason}, by="nurse").status == 200


@pytest.mark.parametrize("reason", OTHERS)
def test_a_reason_for_another_step_is_refused(way: Street, referral: Referral, reason: str) -> None:
    refused = way.step(referral, "reject", {"reason_code": reason}, by="nurse")
    assert fault(refused) == ("/reason_code", "not_for_this_step")


def test_the_systems_reasons_are_nobodys(way: Street, referral: Referral) -> None:
    assert set(OTHERS) >= SYSTEM_REASONS


@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "required"), ({"reason_code": ""}, "required"), ({"reason_code": "rude"}, "unknown_code")],
)
def test_without_a_known_reason_there_is_no_no(
    way: Street, referral: Referral, body: dict[str, str], code: str
) -> None:
    assert fault(way.step(referral, "reject", body, by="nurse")) == ("/reason_code", code)
    assert Referral.objects.get(pk=referral.pk).status == "requested"


def test_after_a_yes_it_is_too_late(way: Street, referral: Referral) -> None:
    way.step(referral, "accept", by="nurse")
    legal = conflict(way.step(referral, "reject", {"reason_code": "no-capacity"}, by="nurse"))
    assert "reject" not in legal
    assert "fail" in legal


def test_the_requester_declines_nothing_for_the_recipient(way: Street, referral: Referral) -> None:
    body = {"reason_code": "no-capacity"}
    for by in ("social_worker", "coordinator"):
        assert way.step(referral, "reject", body, by=by).status == 403
