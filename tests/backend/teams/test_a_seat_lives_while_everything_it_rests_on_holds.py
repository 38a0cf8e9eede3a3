"""Every interval is judged at the request: what has ended gives nothing, with no job having run."""

from typing import Any

import pytest

from audit.acts import act
from backend.teams import acting
from backend.teams.actors import actor_for
from backend.teams.models import Membership, Memorandum, SharingAgreement, TeamGrant
from permissions import grants
from permissions.seats import Seat
from tests.world import (
    BUILDER,
    Town,
    actor,
    ago,
    ahead,
    by_hand,
    make_organisation,
    make_user,
    national,
    saved,
    seat,
)


@pytest.fixture
def town() -> Town:
    return Town()


def end(row: Any, **values: Any) -> None:
    with act(BUILDER, "test.end"):
        for name, value in (values or {"valid_until": ago(seconds=1)}).items():
            setattr(row, name, value)
        row.save()


def roles(user: Any) -> set[str]:
    return {found.role for found in actor(user).seats}


def test_a_member_sits_for_one_organisation_in_one_team(town: Town) -> None:
    (found,) = actor(town.nurse).seats
    assert (found.role, found.team_id, found.organisation_id) == ("member", town.team.id, town.clinic.id)
    assert found.services is None
    assert not found.steward
    assert not found.acting


def test_somebody_without_a_role_has_no_seat() -> None:
    assert actor(make_user()).seats == ()


def test_a_membership_that_is_over_or_not_begun_gives_no_seat(town: Town) -> None:
    over = make_user()
    seat(
        over,
        "member",
        team=town.team,
        organisation=town.clinic,
        valid_from=ago(days=9),
        valid_until=ago(days=1),
    )
    future = make_user()
    seat(future, "member", team=town.team, organisation=town.clinic, valid_from=ahead(days=1))
    assert roles(over) == roles(future) == set()


def test_an_account_that_is_switched_off_has_no_seat(town: Town) -> None:
    end(town.nurse, is_active=False)
    assert roles(town.nurse) == set()


def test_without_a_sharing_agreement_nobody_sits_in_the_team(town: Town) -> None:
    assert roles(town.nurse) == {"member"}
    end(SharingAgreement.objects.get(team=town.team, organisation=town.clinic))
    assert roles(town.nurse) == set()


def test_an_agreement_with_another_team_does_not_count(town: Town) -> None:
    stranger = make_organisation("health", team=Town().team)
    user = make_user()
    seat(user, "member", team=town.team, organisation=stranger)
    assert roles(user) == set()


def test_a_civil_society_organisation_also_needs_its_memorandum(town: Town) -> None:
    assert roles(town.outreach) == {"member"}
    end(Memorandum.objects.get(organisation=town.society))
    assert roles(town.outreach) == set()


def test_a_partner_works_while_its_memorandum_holds(town: Town) -> None:
    (found,) = actor(town.partner_worker).seats
    assert (found.team_id, found.organisation_id) == (None, town.partner.id)
    end(Memorandum.objects.get(organisation=town.partner))
    assert roles(town.partner_worker) == set()


def test_an_organisation_that_is_switched_off_takes_its_workers_along(town: Town) -> None:
    assert roles(town.nurse) == {"member"}
    end(town.clinic, is_active=False)
    assert roles(town.nurse) == set()


def test_a_coordinator_without_the_grant_has_no_seat(town: Town) -> None:
    assert roles(town.coordinator) == {"coordinator"}
    membership = Membership.objects.get(user=town.coordinator)
    with by_hand():
        grants.take(town.team, source_id=membership.id)
    assert roles(town.coordinator) == set()


def test_a_grant_that_has_ended_is_no_grant(town: Town) -> None:
    membership = Membership.objects.get(user=town.deputy)
    with by_hand():
        TeamGrant.objects.filter(source_id=membership.id).update(until=ago(seconds=1))
    assert roles(town.deputy) == set()


def test_offices_need_no_agreement(town: Town) -> None:
    assert roles(town.lead) == {"municipal_lead"}
    assert roles(town.officer) == {"data_protection_officer"}
    assert roles(national("key_custodian")) == {"key_custodian"}


def test_a_deputy_acts_only_during_a_spell(town: Town) -> None:
    deputy = Membership.objects.get(user=town.deputy)
    assert not actor(town.deputy).seats[0].acting
    acting.start_acting(actor(town.coordinator), deputy, reason="absent", until=ahead(days=2))
    assert actor(town.deputy).seats[0].acting
    acting.end_acting(actor(town.coordinator), deputy)
    assert not actor(town.deputy).seats[0].acting


def test_a_token_of_a_partner_is_bound_to_one_team(town: Town) -> None:
    (bound,) = actor_for(town.partner_worker.id, team_id=town.team.id).seats
    assert (bound.team_id, bound.organisation_id) == (town.team.id, town.partner.id)


def test_bound_to_a_team_no_role_of_another_team_counts(town: Town) -> None:
    user = town.worker("member", town.clinic)
    other = Town()
    seat(user, "member", team=other.team, organisation=other.clinic)
    assert {found.team_id for found in actor(user).seats} == {town.team.id, other.team.id}
    assert [found.team_id for found in actor_for(user.id, team_id=other.team.id).seats] == [other.team.id]


def test_services_and_the_stewards_flag_are_in_the_seat(town: Town) -> None:
    user = make_user()
    values: dict[str, Any] = {"services": ["HR-OUT"], "organisation_steward": True}
    seat(user, "member", team=town.team, organisation=town.clinic, **values)
    (found,) = actor(user).seats
    assert isinstance(found, Seat)
    assert (found.services, found.steward) == ({"HR-OUT"}, True)


def test_it_takes_one_query(town: Town, django_assert_num_queries: Any) -> None:
    user = town.coordinator
    saved(user)
    with django_assert_num_queries(1):
        assert actor_for(user.id).seats
