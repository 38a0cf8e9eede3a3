"""The check that no grant exists without a reason: silent while all is well, and loud about each kind of orphan."""

from uuid import uuid4

from backend.cases.models import CaseGrant
from backend.referrals import acknowledging, correcting, ending
from backend.referrals.grants_check import orphans
from permissions import grants
from tests.backend.referrals.loops import Loop, moved
from tests.world import ago, by_hand, saved


def found(loop: Loop) -> list[str]:
    mine = set(CaseGrant.objects.filter(team=loop.town.team).values_list("pk", flat=True))
    return sorted(orphan.reason for orphan in orphans() if orphan.kind == "case" and orphan.grant_id in mine)


def found_in_team(loop: Loop) -> list[str]:
    mine = set(loop.town.team.grants.values_list("pk", flat=True))
    return [orphan.reason for orphan in orphans() if orphan.kind == "team" and orphan.grant_id in mine]


def test_nothing_is_found_on_the_way_through_a_referral(loop: Loop) -> None:
    for make in (loop.refer, loop.accepted, loop.started, loop.completed, loop.rejected):
        referral = make()
        assert found(loop) == []
        if referral.status in {"completed", "rejected"}:
            acknowledging.acknowledge(loop.centre, referral, answer="nothing_here")
        else:
            ending.cancel(loop.centre, referral, reason_code="duplicate")
        assert found(loop) == []


def test_nothing_is_found_after_a_correction(loop: Loop) -> None:
    referral = ending.fail(loop.clinic, loop.started(), reason_code="client-moved")
    correcting.undo(loop.clinic, referral)
    assert found(loop) == []


def test_a_grant_for_another_organisation_is_found(loop: Loop) -> None:
    referral = loop.started()
    group = grants.group_for(organisation_id=loop.town.society.id, team_id=loop.town.team.id)
    with by_hand():
        grants.give(
            loop.case,
            group=group,
            codename=grants.SEES_CASE,
            reason="referral_received",
            source_id=referral.id,
        )
    assert found(loop) == ["referral_received"]


def test_a_grant_from_nowhere_is_found(loop: Loop) -> None:
    group = grants.group_for(organisation_id=loop.town.centre.id, team_id=loop.town.team.id)
    for reason in ("opened", "holds", "referral_sent", "friendship"):
        with by_hand():
            grants.give(loop.case, group=group, codename=grants.SEES_CASE, reason=reason, source_id=uuid4())
    assert found(loop) == ["friendship", "holds", "opened", "referral_sent"]


def test_a_grant_that_outlives_its_referral_is_found(loop: Loop) -> None:
    moved(loop.started(), status="cancelled", ended_at=ago(hours=1))
    assert found(loop) == ["referral_received", "referral_sent"]


def test_a_grant_that_outlasts_its_consent_is_found(loop: Loop) -> None:
    moved(loop.started(), basis_until=ago(days=1))
    assert found(loop) == ["referral_received"]


def test_a_coordinators_grant_goes_with_the_membership(loop: Loop) -> None:
    membership = loop.town.coordinator.memberships.get()
    assert found_in_team(loop) == []
    membership.valid_until = ago(seconds=1)
    saved(membership)
    assert found_in_team(loop) == ["role"]
