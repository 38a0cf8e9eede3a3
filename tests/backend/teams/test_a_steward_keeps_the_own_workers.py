"""The steward's flag: what it adds to a worker's role, and where it ends."""

from typing import Any

import pytest

from backend.errors import Conflict
from backend.teams import invitations, people
from backend.teams.models import Membership, User
from permissions.scope import Forbidden, NotFound
from tests.world import Town, actor, make_organisation, make_user, seat


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def partners_steward(town: Town) -> User:
    user = make_user()
    seat(user, "partner_worker", organisation=town.partner, organisation_steward=True)
    return user


@pytest.fixture
def clinics_steward(town: Town) -> User:
    user = make_user()
    seat(user, "member", team=town.team, organisation=town.clinic, organisation_steward=True)
    return user


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_a_steward_adds_changes_and_ends_a_worker(town: Town, partners_steward: User) -> None:
    by = actor(partners_steward)
    made = people.add_membership(by, user=make_user(), role="partner_worker", organisation=town.partner)
    people.change_membership(by, made, changes={"services": ["HR-OUT"]})
    assert actor(made.user).seats[0].services == {"HR-OUT"}
    people.end_membership(by, made)
    assert actor(made.user).seats == ()


def test_a_steward_in_a_team_adds_members_of_the_own_organisation(town: Town, clinics_steward: User) -> None:
    by = actor(clinics_steward)
    made = people.add_membership(
        by, user=make_user(), role="member", team=town.team, organisation=town.clinic
    )
    assert actor(made.user).seats[0].organisation_id == town.clinic.id


def test_a_worker_without_the_flag_adds_nobody(town: Town) -> None:
    for who, role, place in (
        (town.partner_worker, "partner_worker", {"organisation": town.partner}),
        (town.nurse, "member", {"team": town.team, "organisation": town.clinic}),
    ):
        with pytest.raises(Forbidden):
            people.add_membership(actor(who), user=make_user(), role=role, **place)


def test_another_organisation_is_out_of_reach(
    town: Town, partners_steward: User, clinics_steward: User
) -> None:
    other = make_organisation("cso", memorandum=True)
    stranger = make_user()
    seat(stranger, "partner_worker", organisation=other)
    for steward in (partners_steward, clinics_steward):
        with pytest.raises(Forbidden):
            people.add_membership(actor(steward), user=make_user(), role="partner_worker", organisation=other)
        with pytest.raises(NotFound):
            people.end_membership(actor(steward), membership(stranger))
        with pytest.raises(NotFound):
            people.change_membership(actor(steward), membership(stranger), changes={"services": None})


def test_the_own_organisation_in_another_team_is_out_of_reach(town: Town, clinics_steward: User) -> None:
    other = Town()
    with pytest.raises(Forbidden):
        people.add_membership(
            actor(clinics_steward),
            user=make_user(),
            role="member",
            team=other.team,
            organisation=town.clinic,
        )


@pytest.mark.parametrize("role", ["coordinator", "deputy_coordinator", "municipal_lead"])
def test_a_steward_appoints_nobody_higher(town: Town, clinics_steward: User, role: str) -> None:
    place: dict[str, Any] = {"team": town.team}
    if role != "municipal_lead":
        place["organisation"] = town.clinic
    with pytest.raises(Forbidden):
        people.add_membership(actor(clinics_steward), user=make_user(), role=role, **place)
    with pytest.raises(Forbidden):
        invitations.invite(actor(clinics_steward), role=role, **place)


def test_a_steward_does_not_end_the_deputy_of_the_own_organisation(town: Town, clinics_steward: User) -> None:
    assert membership(town.deputy).organisation == town.clinic
    with pytest.raises(Forbidden):
        people.end_membership(actor(clinics_steward), membership(town.deputy))


def test_a_steward_neither_ends_nor_changes_the_own_role(partners_steward: User) -> None:
    own = membership(partners_steward)
    with pytest.raises(Forbidden):
        people.end_membership(actor(partners_steward), own)
    with pytest.raises(Forbidden):
        people.change_membership(actor(partners_steward), own, changes={"organisation_steward": False})


def test_the_flag_ends_with_the_role(town: Town, partners_steward: User) -> None:
    by = actor(partners_steward)
    second = people.add_membership(
        by, user=make_user(), role="partner_worker", organisation=town.partner, steward=True
    )
    people.end_membership(actor(second.user), membership(partners_steward))
    assert actor(partners_steward).seats == ()
    with pytest.raises(Forbidden):
        people.add_membership(
            actor(partners_steward), user=make_user(), role="partner_worker", organisation=town.partner
        )


def test_the_flag_is_taken_away_by_another_steward(town: Town, partners_steward: User) -> None:
    second = people.add_membership(
        actor(partners_steward),
        user=make_user(),
        role="partner_worker",
        organisation=town.partner,
        steward=True,
    )
    people.change_membership(
        actor(second.user), membership(partners_steward), changes={"organisation_steward": False}
    )
    assert not actor(partners_steward).seats[0].steward
    with pytest.raises(Forbidden):
        invitations.invite(actor(partners_steward), role="partner_worker", organisation=town.partner)


def test_a_steward_invites_and_another_one_revokes(town: Town, partners_steward: User) -> None:
    other = make_user()
    seat(other, "partner_worker", organisation=town.partner, organisation_steward=True)
    invitation, secret = invitations.invite(
        actor(partners_steward), role="partner_worker", organisation=town.partner, services=["HR-OUT"]
    )
    invitations.revoke(actor(other), invitation)
    with pytest.raises(NotFound):
        invitations.accept(secret=secret, username="x-y", display_name="x", password="tri-reke-i-most")
    with pytest.raises(Conflict):
        invitations.revoke(actor(other), invitation)
