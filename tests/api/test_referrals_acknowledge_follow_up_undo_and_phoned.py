"""POST /referrals/{id}/acknowledge, /follow-up, /undo, /phoned: what comes after the answer, and second thoughts."""

from datetime import timedelta
from typing import Any

import pytest

from backend.reference.lists import codes
from backend.referrals.models import Referral
from tests.api.referral_loop import Street, conflict, fault, street
from tests.backend.referrals.loops import NEED, moved
from tests.world import Town, ago

SOON = (ago().date() + timedelta(days=20)).isoformat()
ANSWERS = codes("acknowledgement_answers")


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


@pytest.fixture
def rejected(way: Street) -> Referral:
    return way.loop.rejected()


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_answer_sets_the_state_of_the_need(way: Street, rejected: Referral, answer: str) -> None:
    body = {"acknowledgement_answer": answer}
    if answer == "wait":
        body["look_again_on"] = SOON
    done = way.step(rejected, "acknowledge", body, by="social_worker").json
    assert (done["acknowledgement_answer"], done["acknowledged_at"] is not None) == (answer, True)
    assert way.loop.needs()[NEED][1] == ANSWERS[answer].attributes["need_status"]
    assert done["allowed_actions"] == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ("/acknowledgement_answer", "required")),
        ({"acknowledgement_answer": "later"}, ("/acknowledgement_answer", "unknown_code")),
        ({"acknowledgement_answer": "wait"}, ("/look_again_on", "required")),
        (
            {"acknowledgement_answer": "wait", "look_again_on": "2020-01-01"},
            ("/look_again_on", "in_the_past"),
        ),
        ({"acknowledgement_answer": "wait", "look_again_on": "soon"}, ("/look_again_on", "invalid")),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused(
    way: Street, rejected: Referral, body: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert fault(way.step(rejected, "acknowledge", body, by="social_worker")) == expected
    assert Referral.objects.get(pk=rejected.pk).acknowledged_at is None


def test_help_is_acknowledged_without_a_word(way: Street) -> None:
    done = way.step(way.loop.completed(), "acknowledge", by="social_worker")
    assert (done.status, done.json["acknowledgement_answer"]) == (200, "")


def test_the_acknowledgement_takes_the_content_from_the_recipient(way: Street) -> None:
    referral = way.loop.completed()
    assert way.read(referral, by="nurse").json["access"] == "full"
    way.step(referral, "acknowledge", by="coordinator")
    assert way.read(referral, by="nurse").json["access"] == "stub"
    assert way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}").status == 404
    moved(referral, acknowledged_at=ago(days=31))
    assert way.read(referral, by="nurse").status == 404


def test_the_loop_closes_once_and_from_one_side(way: Street) -> None:
    referral = way.loop.completed()
    assert way.step(referral, "acknowledge", by="nurse").status == 403
    assert way.step(referral, "acknowledge", by="social_worker").status == 200
    assert conflict(way.step(referral, "acknowledge", by="social_worker")) == []


@pytest.mark.parametrize("by", ["nurse", "social_worker"])
def test_after_ninety_days_either_side_follows_up_once(way: Street, by: str) -> None:
    referral = moved(way.loop.completed(), ended_at=ago(days=95), acknowledged_at=ago(days=10))
    done = way.step(referral, "follow-up", {"still_engaged": "yes"}, by=by)
    assert done.status == 200, done.raw
    assert way.read(referral, by="social_worker").json["still_engaged"] == "yes"
    assert "follow-up" not in conflict(way.step(referral, "follow-up", {"still_engaged": "no"}, by=by))


@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "required"), ({"still_engaged": "x"}, "unknown_code"), ({"still_engaged": 1}, "unknown_code")],
)
def test_a_follow_up_is_one_of_three_words(way: Street, body: dict[str, Any], code: str) -> None:
    referral = moved(way.loop.completed(), ended_at=ago(days=95))
    assert fault(way.step(referral, "follow-up", body, by="nurse")) == ("/still_engaged", code)


def test_a_follow_up_waits_for_its_day(way: Street) -> None:
    legal = conflict(way.step(way.loop.completed(), "follow-up", {"still_engaged": "yes"}, by="nurse"))
    assert legal == ["undo"]


def test_a_mis_tapped_no_is_taken_back_and_asked_again(way: Street, rejected: Referral) -> None:
    assert way.read(rejected, by="nurse").json["allowed_actions"] == ["undo"]
    back = way.step(rejected, "undo", by="nurse").json
    assert (back["status"], back["access"], back["reason_code"]) == ("requested", "preview", "")
    assert "accept" in back["allowed_actions"]


def test_a_mis_tapped_outcome_goes_back_to_work(way: Street) -> None:
    back = way.step(way.loop.completed(), "undo", by="nurse").json
    assert (back["status"], back["outcome_code"], back["ended_at"]) == ("in-progress", "", None)


def test_after_a_day_or_an_acknowledgement_there_is_no_way_back(way: Street, rejected: Referral) -> None:
    moved(rejected, ended_at=ago(hours=25))
    assert conflict(way.step(rejected, "undo", by="nurse")) == []
    moved(rejected, ended_at=ago(hours=1))
    way.step(rejected, "acknowledge", {"acknowledgement_answer": "nothing_here"}, by="social_worker")
    assert conflict(way.step(rejected, "undo", by="nurse")) == []


def test_nobody_takes_back_the_answer_of_another_side(way: Street, rejected: Referral) -> None:
    assert way.step(rejected, "undo", by="social_worker").status == 403
    assert way.step(rejected, "undo", by="outreach").status == 404


def test_the_tick_that_somebody_phoned_is_the_requesters(way: Street) -> None:
    referral = way.loop.refer(urgency="stat")
    done = way.step(referral, "phoned", by="social_worker").json
    assert (done["status"], done["phoned_at"] is not None) == ("requested", True)
    assert way.step(referral, "phoned", by="nurse").status == 403
    assert fault(way.step(referral, "phoned", {"note": "x"}, by="social_worker")) == (
        "/note",
        "unknown_field",
    )


def test_once_the_work_has_begun_there_is_nothing_to_phone_about(way: Street) -> None:
    assert "cancel" in conflict(way.step(way.loop.started(), "phoned", by="social_worker"))
