"""Closing a case asks about its referrals first."""

import pytest

from backend.cases.models import Case
from backend.errors import Conflict, Invalid, Stale
from backend.referrals import ending
from backend.referrals.closing import close_case
from permissions.scope import Forbidden, NotFound
from tests.backend.referrals.loops import Loop
from tests.world import actor


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
