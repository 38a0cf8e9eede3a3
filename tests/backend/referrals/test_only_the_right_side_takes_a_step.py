"""Wrong side is forbidden, no side is absent: each verb, by everybody who must not."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.errors import Conflict, Stale
from backend.referrals import acknowledging, answering, asking, correcting, ending, progress, reading, sending
from backend.referrals.models import Referral
from backend.referrals.sides import sides_of
from permissions.scope import Forbidden, NotFound
from tests.backend.referrals.loops import Loop
from tests.world import Town, actor, ago

Step = Callable[..., Any]
OF_THE_TARGET: dict[str, tuple[Step, dict[str, Any]]] = {
    "accept": (answering.accept, {}),
    "reject": (answering.reject, {"reason_code": "no-capacity"}),
    "start": (progress.start, {}),
    "progress": (progress.report_progress, {"business_status": "no-show"}),
    "hold": (progress.hold, {"reason_code": "transport"}),
    "resume": (progress.resume, {}),
    "complete": (ending.complete, {"outcome_code": "assessed-not-needed"}),
    "fail": (ending.fail, {"reason_code": "client-moved"}),
    "undo": (correcting.undo, {}),
}
OF_THE_REQUESTER: dict[str, tuple[Step, dict[str, Any]]] = {
    "send": (sending.send, {}),
    "acknowledge": (acknowledging.acknowledge, {"answer": "nothing_here"}),
    "phoned": (progress.phoned, {}),
    "correct": (correcting.correct, {"reason_code": "duplicate"}),
}
OF_EITHER: dict[str, tuple[Step, dict[str, Any]]] = {
    "cancel": (ending.cancel, {"reason_code": "client-moved"}),
    "ask": (asking.ask, {"question_code": "still_wanted"}),
    "reply": (asking.reply, {}),
    "follow-up": (acknowledging.follow_up, {"still_engaged": "yes"}),
}
EVERYTHING = {**OF_THE_TARGET, **OF_THE_REQUESTER, **OF_EITHER}


@pytest.mark.parametrize("verb", OF_THE_TARGET)
def test_the_requester_does_not_answer_for_a_recipient_with_accounts(loop: Loop, verb: str) -> None:
    step, values = OF_THE_TARGET[verb]
    referral = loop.refer()
    with pytest.raises(Forbidden):
        step(loop.centre, referral, **values)
    assert Referral.objects.get(pk=referral.pk).status == "requested"


@pytest.mark.parametrize("verb", OF_THE_TARGET)
def test_nor_does_the_coordinator(loop: Loop, verb: str) -> None:
    step, values = OF_THE_TARGET[verb]
    with pytest.raises(Forbidden):
        step(loop.coordinator, loop.refer(), **values)


@pytest.mark.parametrize("verb", OF_THE_REQUESTER)
def test_the_recipient_does_not_act_for_the_requester(loop: Loop, verb: str) -> None:
    step, values = OF_THE_REQUESTER[verb]
    with pytest.raises(Forbidden):
        step(loop.clinic, loop.refer(), **values)


@pytest.mark.parametrize("verb", EVERYTHING)
def test_a_third_organisation_finds_nothing(loop: Loop, verb: str) -> None:
    step, values = EVERYTHING[verb]
    referral = loop.refer()
    for stranger in (loop.town.outreach, loop.town.partner_worker, loop.town.lead, Town().coordinator):
        with pytest.raises(NotFound):
            step(actor(stranger), referral, **values)


@pytest.mark.parametrize("verb", EVERYTHING)
def test_a_recipient_does_not_find_a_draft(loop: Loop, verb: str) -> None:
    step, values = EVERYTHING[verb]
    with pytest.raises(NotFound):
        step(loop.clinic, loop.refer(send=False), **values)


def test_a_worker_whose_membership_ended_finds_nothing(loop: Loop) -> None:
    gone = loop.town.worker("member", loop.town.clinic, valid_until=ago(seconds=1))
    with pytest.raises(NotFound):
        answering.accept(actor(gone), loop.refer())


def test_a_membership_limited_to_services_answers_for_these_only(loop: Loop) -> None:
    limited = actor(loop.town.worker("member", loop.town.clinic, services=["TX-DET"]))
    with pytest.raises(NotFound):
        answering.accept(limited, loop.refer())
    detox = loop.refer(service_code="TX-DET", need_id=loop.needs()["housing"][0])
    assert answering.accept(limited, detox).status == "accepted"


def test_the_coordinator_stands_with_the_requester(loop: Loop) -> None:
    referral = loop.rejected()
    assert acknowledging.acknowledge(loop.coordinator, referral, answer="nothing_here").acknowledged_at


def test_a_partner_answers_what_is_sent_to_it(loop: Loop) -> None:
    loop.agree(loop.town.partner)
    referral = loop.refer(loop.town.partner)
    partner = actor(loop.town.partner_worker)
    assert answering.accept(partner, referral).status == "accepted"
    with pytest.raises(Forbidden):
        acknowledging.acknowledge(partner, referral, answer="wait")


def test_an_organisation_on_both_sides_stands_on_both(loop: Loop) -> None:
    loop.agree(loop.town.centre)
    referral = loop.refer(loop.town.centre)
    assert sides_of(loop.centre, referral) == {"requester", "target"}
    assert answering.accept(loop.centre, referral).status == "accepted"


def test_it_takes_each_step_on_the_side_whose_step_it_is(loop: Loop) -> None:
    loop.agree(loop.town.centre)
    draft = loop.refer(loop.town.centre, send=False)
    assert "cancel" in legal(loop, draft)
    assert ending.cancel(loop.centre, draft, reason_code="duplicate").status == "cancelled"
    asked = loop.refer(loop.town.centre)
    asking.ask(loop.centre, asked, question_code="still_wanted")
    assert "reply" in legal(loop, asked)
    asking.reply(loop.centre, asked)
    assert "accept" in legal(loop, asked)


def test_what_it_may_do_instead_is_said_for_both_sides(loop: Loop) -> None:
    loop.agree(loop.town.centre)
    referral = loop.refer(loop.town.centre)
    with pytest.raises(Conflict) as refused:
        progress.start(loop.centre, referral)
    assert refused.value.legal == legal(loop, referral)
    assert {"accept", "phoned"} < {*refused.value.legal}


def legal(loop: Loop, referral: Referral) -> tuple[str, ...]:
    """Return what a reading lists for the centre."""
    return reading.read_referral(
        loop.centre, reading.find(loop.centre, whole=True, id=referral.pk)
    ).allowed_actions


def test_a_version_that_is_not_the_newest_is_stale_before_it_is_a_conflict(loop: Loop) -> None:
    referral = loop.refer()
    version = referral.version
    answering.accept(loop.clinic, referral, version=version)
    with pytest.raises(Stale):
        answering.accept(loop.clinic, referral, version=version)
    with pytest.raises(Conflict):
        answering.accept(loop.clinic, referral, version=referral.version)


def test_the_wrong_side_is_told_so_before_it_is_told_that_it_is_late(loop: Loop) -> None:
    referral = loop.refer()
    with pytest.raises(Forbidden):
        answering.accept(loop.centre, referral, version=referral.version + 7)
