"""Switching off, signing out and letting back in reach every role of a person: so must whoever does it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from backend.errors import Conflict
from backend.teams import accounts, recovery
from backend.teams.models import Membership, Recovery, User
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound
from tests.api.audit import NATIONAL, Audit
from tests.databases import Clones
from tests.world import Town, actor, ago, ahead, make_user, national, seat

Door = Callable[[Actor, Membership], Any]


def start(by: Actor, membership: Membership) -> Recovery:
    return recovery.start(by, membership=membership)


DOORS = [accounts.disable_account, accounts.sign_out_member, start]
every_door = pytest.mark.parametrize("do", DOORS, ids=lambda do: str(do.__name__))


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def audit(database: Clones) -> Iterator[Audit]:
    with Audit.since_now(database.main.superuser_url) as entries:
        yield entries


def role(town: Town, user: User, **values: Any) -> Membership:
    return seat(user, "member", team=town.team, organisation=town.clinic, **values)


def logs(audit: Audit, verb: str) -> list[UUID]:
    return sorted(entry["log"] for entry in audit.entries(verb=verb))


@every_door
@pytest.mark.parametrize("who", ["coordinator", "lead", "officer"])
def test_who_may_for_the_own_team(town: Town, do: Door, who: str) -> None:
    do(actor(getattr(town, who)), role(town, make_user()))


@every_door
@pytest.mark.parametrize("who", ["social_worker", "deputy", "partner_worker"])
def test_a_colleague_may_not(town: Town, do: Door, who: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        do(actor(getattr(town, who)), role(town, make_user()))


@every_door
def test_nobody_does_it_to_oneself(town: Town, do: Door) -> None:
    with pytest.raises(Forbidden):
        do(actor(town.lead), Membership.objects.get(user=town.lead))


@every_door
def test_somebody_of_another_town_is_not_reached_by_a_role_given_here(town: Town, do: Door) -> None:
    stranger = Town().coordinator
    here = role(town, stranger)
    for who in (town.coordinator, town.lead, town.officer):
        with pytest.raises(Forbidden):
            do(actor(who), here)
    assert User.objects.get(pk=stranger.pk).session_round == 0


@every_door
@pytest.mark.parametrize("held", ["platform_admin", "directory_admin", "partner_worker"])
def test_nor_is_somebody_who_works_for_the_whole_country(town: Town, do: Door, held: str) -> None:
    user = make_user()
    seat(user, held, organisation=town.partner if held == "partner_worker" else None)
    with pytest.raises(Forbidden):
        do(actor(town.coordinator), role(town, user))


@every_door
def test_a_role_elsewhere_that_begins_tomorrow_counts_and_one_that_is_over_does_not(
    town: Town, do: Door
) -> None:
    tomorrow, yesterday, other = make_user(), make_user(), Town()
    role(other, tomorrow, valid_from=ahead(days=1))
    role(other, yesterday, valid_until=ago(hours=1))
    with pytest.raises(Forbidden):
        do(actor(town.coordinator), role(town, tomorrow))
    do(actor(town.coordinator), role(town, yesterday))


@every_door
def test_a_role_that_is_over_opens_nothing(town: Town, do: Door) -> None:
    user = make_user()
    over = role(town, user, valid_until=ago(minutes=1))
    role(Town(), user)
    with pytest.raises((NotFound, Conflict)):
        do(actor(town.coordinator), over)


@every_door
def test_a_platform_administrator_reaches_everybody(town: Town, do: Door) -> None:
    user = make_user()
    role(Town(), user)
    do(actor(national("platform_admin")), role(town, user))


def test_each_team_of_the_person_and_the_country_hear_of_it(town: Town, audit: Audit) -> None:
    user, other, administrator = make_user(), Town(), actor(national("platform_admin"))
    here = role(town, user)
    role(other, user)
    begun = recovery.start(administrator, membership=here)
    recovery.revoke(administrator, begun)
    accounts.sign_out_member(administrator, here)
    accounts.disable_account(administrator, here)
    accounts.enable_account(administrator, here)
    all_three = sorted([NATIONAL, town.team.id, other.team.id])
    for verb in (
        "recovery.started",
        "recovery.revoked",
        "account.sessions_ended",
        "account.disabled",
        "account.enabled",
    ):
        assert logs(audit, verb) == all_three, verb


def begun(town: Town, user: User) -> Recovery:
    return recovery.start(actor(town.coordinator), membership=role(town, user))


def test_the_second_person_is_judged_when_confirming(town: Town) -> None:
    user = make_user()
    row = begun(town, user)
    role(Town(), user)
    with pytest.raises(Forbidden):
        recovery.confirm(actor(town.lead), row)


def test_both_are_judged_again_when_the_link_is_used(town: Town) -> None:
    user = make_user()
    secret = recovery.confirm(actor(town.lead), row := begun(town, user))
    assert recovery.found(secret) == row
    role(Town(), user)
    with pytest.raises(NotFound):
        recovery.found(secret)
    with pytest.raises(NotFound):
        recovery.use(row)


@pytest.mark.parametrize("who", ["coordinator", "lead"])
def test_the_link_ends_with_the_right_of_either_of_both(town: Town, admin: Any, who: str) -> None:
    secret = recovery.confirm(actor(town.lead), begun(town, make_user()))
    admin.execute("UPDATE teams_user SET is_active = false WHERE id = %s", [getattr(town, who).id])
    with pytest.raises(NotFound):
        recovery.found(secret)


def test_switched_on_again_by_the_platform_alone(town: Town) -> None:
    nurse = Membership.objects.get(user=town.nurse)
    accounts.disable_account(actor(town.lead), nurse)
    assert actor(town.nurse).seats == ()
    for who in (town.lead, town.coordinator, town.officer):
        with pytest.raises((Forbidden, NotFound)):
            accounts.enable_account(actor(who), nurse)
    accounts.enable_account(actor(national("platform_admin")), nurse)
    assert len(actor(town.nurse).seats) == 1
    with pytest.raises(Conflict, match="account_is_on"):
        accounts.enable_account(actor(national("platform_admin")), nurse)
