"""`visible_to` and `require` on real rows: each way in, and beside it the way that stays shut."""

from typing import Any

import pytest

from backend.cases.codes import new_code
from backend.cases.models import Case
from backend.teams.models import Membership, Organisation
from permissions import grants
from permissions.scope import Forbidden, NotFound, may, require, visible_to
from tests.world import Town, actor, ago, ahead, by_hand, make_user, national, saved, seat

VIEW = "case.view_coded"


def a_case(town: Town, organisation: Organisation, **values: Any) -> Case:
    case: Case = saved(
        Case(
            code=new_code(town.team.prefix),
            spoken_name="tihi javor",
            team=town.team,
            status="active",
            opened_by_organisation=organisation,
            holder_organisation=organisation,
            opened_on=ago().date(),
            **values,
        )
    )
    return case


def grant(case: Case, organisation: Organisation, **values: Any) -> None:
    group = grants.group_for(organisation_id=organisation.id, team_id=case.team_id)
    values = {"reason": "opened", "source_id": case.id, **values}
    with by_hand():
        grants.give(case, group=group, codename=grants.SEES_CASE, **values)


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def case(town: Town) -> Case:
    case = a_case(town, town.centre)
    grant(case, town.centre)
    return case


def sees(user: Any, case: Case, action: str = VIEW) -> bool:
    return visible_to(actor(user), Case.objects.filter(pk=case.pk), action).exists()


def test_the_coordinator_sees_every_case_of_the_team(town: Town, case: Case) -> None:
    assert sees(town.coordinator, case)


def test_the_coordinator_of_another_team_sees_none(case: Case) -> None:
    assert not sees(Town().coordinator, case), "leaked"


def test_a_member_sees_a_case_in_which_the_organisation_has_a_live_reason(town: Town, case: Case) -> None:
    assert sees(town.social_worker, case)


def test_a_member_of_the_same_team_without_a_reason_does_not(town: Town, case: Case) -> None:
    assert not sees(town.nurse, case), "leaked"


def test_a_grant_that_has_ended_opens_nothing(town: Town, case: Case) -> None:
    grant(case, town.clinic, until=ago(minutes=1))
    assert not sees(town.nurse, case), "leaked"


def test_a_grant_opens_until_its_end(town: Town, case: Case) -> None:
    grant(case, town.clinic, until=ahead(minutes=1))
    assert sees(town.nurse, case)


def test_a_grant_taken_back_opens_nothing_while_another_reason_still_does(town: Town, case: Case) -> None:
    grant(case, town.clinic)
    other = a_case(town, town.centre)
    grant(case, town.clinic, source_id=other.id, reason="referral_sent")
    with by_hand():
        assert grants.take(case, source_id=case.id, reason="opened", group=None) == 2
    assert sees(town.nurse, case)
    with by_hand():
        assert grants.take(case, source_id=other.id) == 1
    assert not sees(town.nurse, case), "leaked"


def test_a_partner_sees_what_is_granted_to_the_organisation_in_any_team(town: Town, case: Case) -> None:
    assert not sees(town.partner_worker, case), "leaked"
    grant(case, town.partner)
    assert sees(town.partner_worker, case)


def test_an_organisation_in_two_teams_keeps_the_two_apart(town: Town, case: Case) -> None:
    elsewhere = Town()
    colleague = make_user()
    saved(elsewhere.centre)
    seat(colleague, "member", team=elsewhere.team, organisation=elsewhere.centre)
    grant(case, elsewhere.centre)
    assert not sees(colleague, case), "leaked: a seat in one town opened a case of another"


@pytest.mark.parametrize("role", ["municipal_lead", "data_protection_officer"])
def test_a_lead_or_officer_sees_no_case(town: Town, case: Case, role: str) -> None:
    assert not sees(town.worker(role), case), "leaked"


@pytest.mark.parametrize(
    "role", ["national_analyst", "release_officer", "directory_admin", "key_custodian", "platform_admin"]
)
def test_a_national_or_platform_role_sees_no_case(case: Case, role: str) -> None:
    assert not sees(national(role), case), "leaked"


def test_a_membership_that_has_ended_opens_nothing(town: Town, case: Case) -> None:
    dismissed = town.worker("member", town.centre, valid_until=ago(seconds=1))
    assert not sees(dismissed, case), "leaked"


def test_a_coordinator_without_the_grant_on_the_team_coordinates_nothing(town: Town, case: Case) -> None:
    user = make_user()
    saved(Membership(user=user, role="coordinator", team=town.team, organisation=town.clinic))
    assert not sees(user, case), "leaked"


def test_what_is_not_visible_is_not_found_and_what_is_visible_but_not_allowed_is_forbidden(
    town: Town, case: Case
) -> None:
    with pytest.raises(NotFound):
        require(actor(town.nurse), "case.close", case)
    with pytest.raises(Forbidden):
        require(actor(town.social_worker), "case.close", case)
    require(actor(town.coordinator), "case.close", case)


def test_a_new_row_may_be_added_for_the_own_organisation_only(town: Town) -> None:
    mine = Case(team=town.team, opened_by_organisation=town.centre)
    theirs = Case(team=town.team, opened_by_organisation=town.clinic)
    elsewhere = Case(team=Town().team, opened_by_organisation=town.centre)
    by = actor(town.social_worker)
    assert may(by, "case.open", mine)
    assert not may(by, "case.open", theirs)
    assert not may(by, "case.open", elsewhere)
