"""The person takes a consent back: referrals, grants and the recipient's view end in the same transaction."""

from typing import Any

import pytest

from backend.cases.models import Consent, Notification
from backend.errors import Conflict
from backend.referrals import acknowledging, reading
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.withdrawal import withdraw_consent
from permissions.scope import NotFound, may
from tests.backend.referrals.loops import NEED, Loop, events_of, grant_of, reasons_of
from tests.world import Town, actor

LIVE = {"draft", "requested", "accepted", "in-progress"}


def make(loop: Loop, status: str) -> Referral:
    made: dict[str, Any] = {
        "draft": lambda: loop.refer(send=False, consent_id=loop.consent.id),
        "requested": loop.refer,
        "accepted": loop.accepted,
        "in-progress": loop.started,
    }
    found: Referral = made[status]()
    return found


@pytest.mark.parametrize("status", sorted(LIVE))
def test_every_live_referral_is_cancelled_by_the_system(loop: Loop, status: str) -> None:
    referral = make(loop, status)
    withdraw_consent(loop.centre, loop.consent)
    ended = Referral.objects.get(pk=referral.pk)
    assert (ended.status, ended.reason_code) == ("cancelled", "consent-withdrawn")
    assert events_of(referral)[-1] == ("withdraw", "system", "cancelled")
    assert ReferralEvent.objects.get(referral=referral, verb="withdraw").kind == "consent_effect"
    assert reasons_of(loop.case) == {"opened", "holds"}
    assert loop.needs()[NEED][1] == "open"


def test_the_recipient_keeps_a_stub_and_loses_the_case(loop: Loop) -> None:
    referral = loop.started()
    assert may(loop.clinic, "case.view_coded", loop.case)
    withdraw_consent(loop.centre, loop.consent)
    assert not may(loop.clinic, "case.view_coded", loop.case), "leaked"
    seen = reading.read_again(loop.clinic, referral)
    assert (seen.access, seen.facts.items, seen.facts.need) == ("stub", {}, None)
    assert seen.allowed_actions == ()


def test_a_draft_that_was_never_sent_leaves_no_stub(loop: Loop) -> None:
    referral = make(loop, "draft")
    withdraw_consent(loop.centre, loop.consent)
    with pytest.raises(NotFound):
        reading.read_again(loop.clinic, referral)


def test_both_sides_are_told_by_ids(loop: Loop) -> None:
    referral = loop.started()
    withdraw_consent(loop.centre, loop.consent)
    told = Notification.objects.filter(object_id=referral.id, kind="referral.cancelled")
    assert {row.organisation_id for row in told} == {loop.town.centre.id, loop.town.clinic.id}


def test_what_was_completed_stays_completed_and_closes_to_the_recipient(loop: Loop) -> None:
    referral = loop.completed()
    withdraw_consent(loop.centre, loop.consent)
    kept = Referral.objects.get(pk=referral.pk)
    assert (kept.status, kept.outcome_code) == ("completed", "service-started")
    assert grant_of(referral, "referral_received") is None
    assert reading.read_again(loop.clinic, referral).access == "stub"
    assert acknowledging.acknowledge(loop.centre, kept).acknowledged_at is not None


def test_a_referral_on_another_consent_goes_on(loop: Loop) -> None:
    loop.agree(loop.town.ward)
    newest = Consent.objects.filter(case=loop.case).order_by("-recorded_at").first()
    other = loop.refer(loop.town.ward, need_id=loop.needs()["housing"][0], consent_id=newest.id)  # type: ignore[union-attr]
    withdraw_consent(loop.centre, loop.consent)
    assert Referral.objects.get(pk=other.pk).status == "requested"


def test_any_worker_of_the_case_who_is_told_may_record_it(loop: Loop) -> None:
    referral = loop.started()
    withdraw_consent(loop.clinic, loop.consent)
    assert Referral.objects.get(pk=referral.pk).status == "cancelled"


def test_nobody_who_does_not_see_the_consent_may(loop: Loop) -> None:
    for stranger in (loop.town.outreach, loop.town.lead, loop.town.officer, Town().coordinator):
        with pytest.raises(NotFound):
            withdraw_consent(actor(stranger), loop.consent)


def test_a_consent_is_withdrawn_once(loop: Loop) -> None:
    withdraw_consent(loop.centre, loop.consent)
    with pytest.raises(Conflict) as refused:
        withdraw_consent(loop.centre, loop.consent)
    assert refused.value.code == "already_withdrawn"
