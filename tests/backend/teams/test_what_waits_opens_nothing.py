"""A role, an invitation or a token that waits for its second person is not there, for either wall and at any door."""

from typing import Any

import psycopg
import pytest

from backend.cases import assignment
from backend.errors import Conflict
from backend.teams import accounts, acting, invitations, people, recovery, roster, tokens
from backend.teams.actors import live_memberships
from backend.teams.models import MachineToken, Membership, TeamGrant, User
from backend.teams.models.base import live
from permissions.scope import Forbidden, NotFound, may, visible_to
from tests.backend.referrals.loops import opened
from tests.backend.teams.proposals import invite, issue, propose
from tests.databases import Clones
from tests.permissions.window import WITHOUT_TEAM, readable, window
from tests.world import Town, actor, make_user

PASSWORD = "tri-reke-i-jedan-most"


@pytest.fixture
def town() -> Town:
    town = Town()
    for who in ("coordinator", "deputy", "nurse", "lead", "officer"):
        assert getattr(town, who).id
    return town


def accept(secret: str) -> User:
    return invitations.accept(
        secret=secret, username=make_user().username + "-x", display_name="Novi", password=PASSWORD
    )


def test_a_role_that_waits_is_live_nowhere(town: Town) -> None:
    made = propose(town, town.coordinator)
    assert actor(made.user).seats == ()
    assert not live_memberships().filter(pk=made.pk).exists()
    assert not Membership.objects.filter(live(), pk=made.pk).exists()
    assert not Membership.objects.filter(live(), valid_until__isnull=True, user=made.user).exists()


def test_a_coordinator_who_waits_has_no_grant(town: Town) -> None:
    made = propose(town, town.lead, "coordinator", organisation=town.society)
    assert not TeamGrant.objects.filter(source_id=made.id).exists()


@pytest.mark.parametrize("known", [True, False], ids=["reach kept", "reach for each statement"])
def test_the_database_shows_no_row_to_who_waits(database: Clones, town: Town, known: bool) -> None:
    loop = opened(town)
    loop.accepted()
    waits = [
        propose(town, town.coordinator, organisation=town.centre),
        propose(town, town.lead, "coordinator", organisation=town.society),
        propose(town, town.lead, "member"),
    ]
    with window(database, known=known) as shown:
        for made in waits:
            tables = set(readable()) - WITHOUT_TEAM
            assert not any(shown.seen_by(made.user_id, table) for table in tables)
        people.confirm_membership(actor(town.lead), waits[0])
        assert loop.case.id in shown.seen_by(waits[0].user_id, "cases_case")


def test_no_case_is_given_to_who_waits(town: Town) -> None:
    loop = opened(town)
    made = propose(town, town.coordinator, organisation=town.centre)
    assert made.user_id not in assignment.workers(loop.case).values_list("user_id", flat=True)


def test_a_deputy_who_waits_does_not_act(town: Town) -> None:
    people.end_membership(actor(town.lead), Membership.objects.get(user=town.deputy))
    made = propose(town, town.lead, "deputy_coordinator")
    with pytest.raises(Conflict, match="not_a_deputy"):
        acting.start_acting(actor(town.coordinator), made, reason="absent")


def test_a_role_that_waits_is_no_handle_on_its_person(town: Town) -> None:
    """Else whoever proposes one could switch off, or act for, anybody in the country."""
    made = propose(town, town.coordinator, user=Town().nurse)
    by = actor(town.coordinator)
    assert not may(by, "account.disable", made.user)
    assert not visible_to(by, User.objects.filter(pk=made.user_id), "account.create").exists()
    with pytest.raises(NotFound):
        accounts.disable_account(by, made)
    with pytest.raises(NotFound):
        accounts.sign_out_member(by, made)
    with pytest.raises(Conflict, match="membership_over"):
        recovery.start(by, membership=made)
    people.confirm_membership(actor(town.lead), made)
    assert may(by, "account.disable", made.user)
    with pytest.raises(Forbidden):  # the person works in another town as well
        accounts.disable_account(by, made)


def test_ending_what_waits_takes_nothing_else_away(town: Town) -> None:
    made, secret = issue(town, town.coordinator)
    tokens.confirm(actor(town.lead), made)
    second = propose(town, town.coordinator, user=town.nurse, organisation=town.society)
    people.end_membership(actor(town.coordinator), second)
    assert tokens.authenticate(secret) is not None
    assert actor(town.nurse).seats


def test_what_waits_is_not_changed(town: Town) -> None:
    made = propose(town, town.coordinator)
    for changes in ({"services": ["HR-OUT"]}, {"organisation_steward": True}):
        with pytest.raises(Conflict, match="still_waiting"):
            people.change_membership(actor(town.coordinator), made, changes=changes)


def test_a_link_that_waits_is_as_good_as_none(town: Town, admin: psycopg.Connection[Any]) -> None:
    made, secret = invite(town, town.coordinator)
    with pytest.raises(NotFound):
        accept(secret)
    admin.execute(
        "UPDATE teams_invitation SET expires_at = now() + interval '1 day' WHERE id = %s", [made.id]
    )
    invitations.confirm(actor(town.lead), made)
    made.refresh_from_db()
    assert made.confirmed_at is not None
    assert (made.expires_at - made.confirmed_at).days == 7
    assert actor(accept(secret)).roles == {"member"}


def test_a_token_that_waits_is_as_good_as_none(town: Town) -> None:
    made, secret = issue(town, town.coordinator)
    assert tokens.authenticate(secret) is None
    tokens.confirm(actor(town.lead), made)
    assert tokens.authenticate(secret) is not None


def test_a_successor_works_and_replaces_once_it_is_confirmed(town: Town) -> None:
    old, first = issue(town, town.coordinator)
    with pytest.raises(Conflict, match="still_waiting"):
        tokens.rotate(actor(town.coordinator), old)
    tokens.confirm(actor(town.lead), old)
    ends = MachineToken.objects.get(pk=old.pk).expires_at
    new, second = tokens.rotate(actor(town.coordinator), old)
    assert MachineToken.objects.get(pk=old.pk).expires_at == ends
    assert (tokens.authenticate(first) is None, tokens.authenticate(second) is None) == (False, True)
    tokens.confirm(actor(town.lead), new)
    assert MachineToken.objects.get(pk=old.pk).expires_at < ends
    assert tokens.authenticate(second) is not None


def test_a_token_is_confirmed_only_while_its_holder_could_have_it(
    town: Town, admin: psycopg.Connection[Any]
) -> None:
    made, _ = issue(town, town.coordinator)
    admin.execute("UPDATE teams_membership SET valid_until = now() WHERE user_id = %s", [town.nurse.id])
    with pytest.raises(Conflict, match="no_live_role"):
        tokens.confirm(actor(town.lead), made)


def test_a_member_sees_colleagues_who_wait_and_confirms_none(town: Town) -> None:
    made = propose(town, town.coordinator)
    assert roster.members_visible_to(actor(town.nurse)).filter(pk=made.pk).exists()
    with pytest.raises(Forbidden):
        people.confirm_membership(actor(town.nurse), made)
