"""Closing a case asks about its referrals first, and opens nothing to their recipients any more."""

import pytest

from backend.cases.models import Case
from backend.cases.steps import hold
from backend.errors import Conflict, Invalid, Stale
from backend.referrals import acknowledging, answering, correcting, ending, reading
from backend.referrals.closing import close_case
from permissions.scope import Forbidden, NotFound, may
from tests.backend.referrals.loops import Loop, grant_of, moved
from tests.world import actor, ahead


@pytest.mark.parametrize("status", ["draft", "requested", "accepted", "in-progress"])
def test_an_open_referral_or_a_draft_stands_in_the_way(loop: Loop, status: str) -> None:
    make = {
        "draft": lambda: loop.refer(send=False),
        "requested": loop.refer,
        "accepted": loop.accepted,
        "in-progress": loop.started,
    }
    referral = make[status]()
    with pytest.raises(Conflict) as refused:
        close_case(loop.coordinator, loop.case, closure_reason="needs_met")
    assert refused.value.code == "open_referrals"
    assert Case.objects.get(pk=loop.case.pk).status == "active"
    ending.cancel(loop.centre, referral, reason_code="duplicate")
    close_case(loop.coordinator, loop.case, closure_reason="needs_met")
    assert Case.objects.get(pk=loop.case.pk).status == "closed"


def test_an_ended_referral_does_not(loop: Loop) -> None:
    loop.rejected()
    close_case(loop.coordinator, loop.case, closure_reason="client_request")
    assert Case.objects.get(pk=loop.case.pk).closure_reason == "client_request"


@pytest.mark.parametrize("reason", ["", "bored", "advice_only", "transferred", "merged"])
def test_a_reason_must_fit(loop: Loop, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        close_case(loop.coordinator, loop.case, closure_reason=reason)
    assert refused.value.faults[0].pointer == "/closure_reason"


def test_a_version_that_is_not_the_newest_is_stale(loop: Loop) -> None:
    with pytest.raises(Stale):
        close_case(loop.coordinator, loop.case, closure_reason="needs_met", version=99)


def test_only_the_coordinator_closes(loop: Loop) -> None:
    with pytest.raises(Forbidden):
        close_case(loop.centre, loop.case, closure_reason="needs_met")
    with pytest.raises(NotFound):
        close_case(actor(loop.town.outreach), loop.case, closure_reason="needs_met")


@pytest.mark.parametrize("status", ["rejected", "completed"])
def test_no_answer_is_taken_back_on_a_closed_case(loop: Loop, status: str) -> None:
    referral = loop.rejected() if status == "rejected" else loop.completed()
    close_case(loop.coordinator, loop.case, closure_reason="needs_met")
    with pytest.raises(Conflict):
        correcting.undo(loop.clinic, referral)
    assert reading.read_again(loop.clinic, referral).allowed_actions == ()


def test_the_recipient_keeps_a_stub_of_what_it_completed(loop: Loop) -> None:
    referral = loop.completed()
    close_case(loop.coordinator, loop.case, closure_reason="needs_met")
    assert grant_of(referral, "referral_received") is None
    assert not may(loop.clinic, "case.view_coded", loop.case), "leaked"
    seen = reading.read_again(loop.clinic, referral)
    assert (seen.access, seen.facts.items, seen.facts.need) == ("stub", {}, None)
    referral.refresh_from_db()
    assert acknowledging.acknowledge(loop.centre, referral).acknowledged_at is not None


def test_a_referral_of_a_case_that_rests_is_not_brought_back_nor_accepted(loop: Loop) -> None:
    asked, refused = loop.refer(need_id=None), loop.rejected()
    hold(loop.coordinator, loop.case, review_due=ahead(days=9).date())
    for take, referral in ((answering.accept, asked), (correcting.undo, refused)):
        with pytest.raises(Conflict) as conflict:
            take(loop.clinic, referral)
        assert conflict.value.code == "case_not_active"


def test_a_closed_case_opens_nothing_whatever_the_row_says(loop: Loop) -> None:
    referral = loop.rejected()
    close_case(loop.coordinator, loop.case, closure_reason="needs_met")
    with pytest.raises(Conflict) as refused:
        correcting.undo(loop.clinic, moved(referral, basis_until=ahead(days=9)))
    assert refused.value.code == "case_not_active"
