"""Acknowledging says what comes next for the need; a service that was started is asked about after ninety days."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.cases.models import Notification
from backend.errors import Conflict, Invalid
from backend.referrals import acknowledging, ending
from backend.referrals.models import Referral
from tests.backend.referrals.loops import NEED, Loop, moved
from tests.world import ago

NEXT_MONTH = ago().date() + timedelta(days=30)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("next_provider", "open"),
        ("wait", "open"),
        ("not_wanted", "withdrawn"),
        ("nothing_here", "gap"),
        ("need_met", "met"),
    ],
)
def test_the_answer_sets_the_state_of_the_need(loop: Loop, answer: str, status: str) -> None:
    acknowledging.acknowledge(loop.centre, loop.rejected(), answer=answer, look_again_on=NEXT_MONTH)
    assert loop.needs()[NEED][1] == status
    assert loop.needs()["housing"][1] == "open"


def test_help_may_be_acknowledged_without_an_answer_and_the_need_stays_as_it_is(loop: Loop) -> None:
    acknowledging.acknowledge(loop.centre, loop.completed())
    assert loop.needs()[NEED][1] == "being_met"


@pytest.mark.parametrize("outcome", ["assessed-not-needed"])
def test_anything_but_help_needs_an_answer(loop: Loop, outcome: str) -> None:
    referral = loop.completed(outcome)
    with pytest.raises(Invalid) as refused:
        acknowledging.acknowledge(loop.centre, referral)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/acknowledgement_answer", "required")
    ]
    assert Referral.objects.get(pk=referral.pk).acknowledged_at is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"answer": "perhaps"}, ("/acknowledgement_answer", "unknown_code")),
        ({"answer": "wait"}, ("/look_again_on", "required")),
        ({"answer": "wait", "look_again_on": date(2020, 1, 1)}, ("/look_again_on", "in_the_past")),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused(
    loop: Loop, values: dict[str, Any], expected: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        acknowledging.acknowledge(loop.centre, loop.rejected(), **values)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [expected]


def test_it_is_acknowledged_once(loop: Loop) -> None:
    referral = loop.completed()
    acknowledging.acknowledge(loop.centre, referral)
    with pytest.raises(Conflict):
        acknowledging.acknowledge(loop.centre, referral)


def test_what_was_called_off_needs_no_acknowledgement(loop: Loop) -> None:
    referral = ending.cancel(loop.centre, loop.refer(), reason_code="duplicate")
    with pytest.raises(Conflict):
        acknowledging.acknowledge(loop.centre, referral, answer="not_wanted")


def test_the_recipient_hears_that_the_loop_is_closed(loop: Loop) -> None:
    referral = loop.completed()
    acknowledging.acknowledge(loop.centre, referral)
    told = Notification.objects.filter(object_id=referral.id, kind="referral.acknowledged")
    assert [row.organisation_id for row in told] == [loop.town.clinic.id]


@pytest.mark.parametrize("still", ["yes", "no", "not_known"])
def test_after_ninety_days_either_side_says_once_whether_the_person_is_still_there(
    loop: Loop, still: str
) -> None:
    referral = moved(loop.completed(), ended_at=ago(days=91), acknowledged_at=ago(days=20))
    acknowledging.follow_up(loop.clinic, referral, still_engaged=still)
    assert Referral.objects.get(pk=referral.pk).still_engaged == still
    with pytest.raises(Conflict):
        acknowledging.follow_up(loop.centre, referral, still_engaged="no")


def test_not_before_and_not_for_another_outcome(loop: Loop) -> None:
    early = moved(loop.completed(), ended_at=ago(days=89))
    with pytest.raises(Conflict):
        acknowledging.follow_up(loop.centre, early, still_engaged="yes")
    other = moved(early, outcome_code="one-off-help-given", ended_at=ago(days=100))
    with pytest.raises(Conflict):
        acknowledging.follow_up(loop.centre, other, still_engaged="yes")


@pytest.mark.parametrize(("still", "code"), [("", "required"), ("maybe", "unknown_code")])
def test_a_follow_up_takes_one_of_three_answers(loop: Loop, still: str, code: str) -> None:
    referral = moved(loop.completed(), ended_at=ago(days=91))
    with pytest.raises(Invalid) as refused:
        acknowledging.follow_up(loop.centre, referral, still_engaged=still)
    assert refused.value.faults[0].code == code
