"""The link is the only way in, and every way in which it is no longer good gets one answer."""

from typing import Any

import pytest

from audit.acts import act
from backend.errors import Conflict, Invalid
from backend.teams import invitations, people
from backend.teams.models import Invitation, Membership, User
from permissions.scope import Forbidden, NotFound
from tests.world import BUILDER, Town, actor, ago, make_user, seat

PASSWORD = "tri-reke-i-jedan-most"


@pytest.fixture
def town() -> Town:
    return Town()


def accept(secret: str, **values: Any) -> User:
    values.setdefault("username", make_user().username + "-x")
    return invitations.accept(secret=secret, display_name="Novi", password=PASSWORD, **values)


def invite(town: Town) -> tuple[Invitation, str]:
    return invitations.invite(
        actor(town.coordinator), role="member", team=town.team, organisation=town.clinic
    )


def change(invitation: Invitation, **values: Any) -> None:
    with act(BUILDER, "test.change"):
        for name, value in values.items():
            setattr(invitation, name, value)
        invitation.save()


def test_who_follows_the_link_has_account_and_role(town: Town) -> None:
    invitation, secret = invite(town)
    user = accept(secret)
    (found,) = actor(user).seats
    assert (found.role, found.organisation_id) == ("member", town.clinic.id)
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.accepted_at is None) == (user, False)


def test_the_secret_is_nowhere_stored(town: Town, admin: Any) -> None:
    invitation, secret = invite(town)
    assert secret.startswith("spona_in_")
    row = admin.execute("SELECT i::text FROM teams_invitation i WHERE id = %s", [invitation.id]).fetchone()
    assert secret not in row[0]
    assert secret[9:] not in row[0]


def test_it_works_once(town: Town) -> None:
    _, secret = invite(town)
    accept(secret)
    with pytest.raises(NotFound):
        accept(secret)


def test_unknown_revoked_and_over_have_one_answer(town: Town) -> None:
    revoked, first = invite(town)
    invitations.revoke(actor(town.coordinator), revoked)
    over, second = invite(town)
    change(over, expires_at=ago(seconds=1))
    for secret in (first, second, "spona_in_nothing", "", "\ud800"):
        with pytest.raises(NotFound):
            accept(secret)
    with pytest.raises(Conflict, match="invitation_over"):
        invitations.revoke(actor(town.coordinator), revoked)


def test_it_ends_with_the_inviters_own_right(town: Town) -> None:
    _, secret = invite(town)
    people.end_membership(actor(town.lead), Membership.objects.get(user=town.coordinator))
    with pytest.raises(NotFound):
        accept(secret)


def test_a_weak_password_or_taken_name_opens_nothing_and_leaves_the_link(town: Town) -> None:
    _, secret = invite(town)
    with pytest.raises(Invalid):
        invitations.accept(secret=secret, username="someone-new", display_name="x", password="short")
    with pytest.raises(Conflict):
        accept(secret, username=town.coordinator.username)
    assert not User.objects.filter(username="someone-new").exists()
    assert accept(secret).id


@pytest.mark.parametrize("who", ["nurse", "deputy", "partner_worker", "officer"])
def test_who_may_not_give_the_role_may_not_invite(town: Town, who: str) -> None:
    with pytest.raises(Forbidden):
        invitations.invite(actor(getattr(town, who)), role="member", team=town.team, organisation=town.clinic)


def test_a_steward_invites_to_the_own_organisation(town: Town) -> None:
    steward = make_user()
    seat(steward, "partner_worker", organisation=town.partner, organisation_steward=True)
    _, secret = invitations.invite(actor(steward), role="partner_worker", organisation=town.partner)
    assert actor(accept(secret)).seats[0].role == "partner_worker"
    with pytest.raises(Forbidden):
        invitations.invite(actor(steward), role="member", team=town.team, organisation=town.clinic)


def test_who_may_not_revoke(town: Town) -> None:
    invitation, _ = invite(town)
    with pytest.raises(Forbidden):
        invitations.revoke(actor(town.nurse), invitation)
