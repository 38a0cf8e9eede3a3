"""An agreement or a consent runs out: access ends at that moment, the state follows, and a renewal brings it back."""

from datetime import datetime

import pytest

from backend.cases.models import Withdrawal
from backend.errors import Conflict
from backend.referrals import answering, ending, listing, progress, reading
from backend.referrals.lapse import record_lapses
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.system import LAPSES
from backend.teams.models import SharingAgreement
from permissions.scope import NotFound, may, visible_to
from tests.backend.referrals.loops import Loop, events_of, grant_of, moved
from tests.world import ago, ahead, by_hand, saved


def agreement_ends(loop: Loop, at: datetime | None = None) -> None:
    row = SharingAgreement.objects.get(organisation=loop.town.clinic, team=loop.town.team)
    row.valid_until = at or ago(seconds=1)
    saved(row)


def consent_ends(referral: Referral) -> Referral:
    """Let the consent behind a referral be over: its row itself cannot be moved, so it is withdrawn quietly."""
    with by_hand():
        Withdrawal.objects.create(
            consent_id=referral.consent_id,
            case_id=referral.case_id,
            team_id=referral.team_id,
            recorded_by=LAPSES.id,
        )
    grant = grant_of(referral, "referral_received")
    if grant is not None:
        grant.until = ago(seconds=1)
        with by_hand():
            grant.save()
    return moved(referral, basis_until=ago(seconds=1))


def test_when_the_agreement_ends_the_recipient_finds_nothing_and_the_requester_is_told_to_reroute(
    loop: Loop,
) -> None:
    referral = loop.started()
    agreement_ends(loop)
    assert not visible_to(loop.clinic, Referral.objects.filter(pk=referral.pk), "case.view_coded").exists()
    assert not may(loop.clinic, "case.view_coded", loop.case), "leaked"
    assert reading.read_again(loop.centre, referral).needs_rerouting
    assert listed(loop, referral)["needs_rerouting"]


def listed(loop: Loop, referral: Referral) -> dict[str, object]:
    (row,) = listing.as_rows(loop.centre, listing.with_columns(Referral.objects.filter(pk=referral.pk)))
    return row


def test_while_it_holds_nothing_is_to_be_rerouted(loop: Loop) -> None:
    referral = loop.started()
    assert not reading.read_again(loop.centre, referral).needs_rerouting
    assert not listed(loop, referral)["needs_rerouting"]


def test_when_the_consent_ends_the_content_closes_and_the_stub_stays(loop: Loop) -> None:
    referral = consent_ends(loop.started())
    assert not may(loop.clinic, "case.view_coded", loop.case), "leaked"
    seen = reading.read_again(loop.clinic, referral)
    assert (seen.access, seen.facts.items, seen.events) == ("stub", {}, ())
    assert set(seen.allowed_actions) == {"cancel", "complete", "fail"}


def test_the_recipient_may_still_complete_or_fail_by_code(loop: Loop) -> None:
    referral = consent_ends(loop.started())
    with pytest.raises(Conflict):
        progress.hold(loop.clinic, referral, reason_code="transport")
    assert ending.complete(loop.clinic, referral, outcome_code="service-completed").status == "completed"


def test_a_request_whose_consent_ended_is_invisible_to_the_recipient(loop: Loop) -> None:
    referral = consent_ends(loop.refer())
    with pytest.raises(NotFound):
        answering.accept(loop.clinic, referral)
    with pytest.raises(NotFound):
        reading.read_again(loop.clinic, referral)


def test_the_job_holds_what_has_lapsed_with_its_reason_and_as_the_system(loop: Loop) -> None:
    referral = consent_ends(loop.started())
    assert record_lapses() >= 1
    held = Referral.objects.get(pk=referral.pk)
    assert (held.status, held.reason_code) == ("on-hold", "consent-lapsed")
    event = ReferralEvent.objects.get(referral=referral, verb="lapse")
    assert (event.kind, event.side, event.by_user) == ("lapse_effect", "system", LAPSES.id)
    assert grant_of(referral, "referral_received") is None
    before = events_of(referral)
    record_lapses()
    assert events_of(referral) == before


def test_a_lapsed_agreement_is_another_reason(loop: Loop) -> None:
    referral = loop.accepted()
    agreement_ends(loop)
    record_lapses()
    assert Referral.objects.get(pk=referral.pk).reason_code == "agreement-lapsed"


def test_after_thirty_days_the_system_cancels_and_the_reason_stays(loop: Loop) -> None:
    referral = consent_ends(loop.started())
    record_lapses()
    moved(referral, held_at=ago(days=29))
    record_lapses()
    assert Referral.objects.get(pk=referral.pk).status == "on-hold"
    moved(referral, held_at=ago(days=31))
    record_lapses()
    ended = Referral.objects.get(pk=referral.pk)
    assert (ended.status, ended.reason_code) == ("cancelled", "consent-lapsed")


def test_a_pause_that_people_made_is_not_cancelled_by_the_clock(loop: Loop) -> None:
    referral = progress.hold(loop.clinic, loop.started(), reason_code="hospitalised")
    moved(referral, held_at=ago(days=60))
    record_lapses()
    assert Referral.objects.get(pk=referral.pk).status == "on-hold"


def test_what_still_holds_is_left_alone(loop: Loop) -> None:
    referral = loop.started()
    record_lapses()
    assert Referral.objects.get(pk=referral.pk).status == "in-progress"


def test_a_new_consent_given_in_time_carries_the_referral_on(loop: Loop) -> None:
    referral = consent_ends(loop.started())
    loop.agree(loop.town.clinic)
    record_lapses()
    renewed = Referral.objects.get(pk=referral.pk)
    assert renewed.status == "in-progress"
    assert renewed.basis_until is not None
    assert renewed.basis_until > ahead(days=1)
    assert reading.read_again(loop.clinic, renewed).access == "full"


def test_a_referral_that_was_held_resumes_only_on_a_new_basis(loop: Loop) -> None:
    referral = consent_ends(loop.started())
    record_lapses()
    held = Referral.objects.get(pk=referral.pk)
    assert held.status == "on-hold"
    with pytest.raises(Conflict):
        progress.resume(loop.clinic, held)
    loop.agree(loop.town.clinic)
    assert progress.resume(loop.clinic, held).status == "in-progress"
    assert grant_of(referral, "referral_received") is not None
