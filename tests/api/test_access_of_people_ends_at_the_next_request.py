"""Every way in which access ends, for a session and for a token, without a job having run in between."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from audit.acts import act
from backend.teams import people
from backend.teams.models import MachineToken, Membership, Memorandum, SharingAgreement, TeamGrant, User
from permissions import grants
from tests.api.client import Api, browser_for, client_for
from tests.world import BUILDER, Town, actor, ago, by_hand, seat

ME = "/api/v1/me"
Way = Callable[[Town, User], None]


def set_on(row: Any, **values: Any) -> None:
    with act(BUILDER, "test.end"):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def account_off(_town: Town, user: User) -> None:
    set_on(User.objects.get(pk=user.pk), is_active=False)


def membership_over(_town: Town, user: User) -> None:
    set_on(Membership.objects.get(user=user), valid_until=ago(seconds=1))


def membership_ended_by_somebody(town: Town, user: User) -> None:
    membership = Membership.objects.get(user=user)
    by = actor(town.lead) if membership.role == "coordinator" else actor(town.coordinator)
    people.end_membership(by, membership)


def membership_moved_to_tomorrow(_town: Town, user: User) -> None:
    from_tomorrow = ago(days=-1)
    set_on(Membership.objects.get(user=user), valid_from=from_tomorrow)


def agreement_over(_town: Town, user: User) -> None:
    organisation = Membership.objects.get(user=user).organisation
    set_on(SharingAgreement.objects.get(organisation=organisation), valid_until=ago(seconds=1))


def memorandum_over(_town: Town, user: User) -> None:
    organisation = Membership.objects.get(user=user).organisation
    set_on(Memorandum.objects.get(organisation=organisation), valid_until=ago(seconds=1))


def organisation_off(_town: Town, user: User) -> None:
    set_on(Membership.objects.get(user=user).organisation, is_active=False)


def grant_taken(town: Town, user: User) -> None:
    with by_hand():
        grants.take(town.team, source_id=Membership.objects.get(user=user).id)


def grant_over(_town: Town, user: User) -> None:
    membership = Membership.objects.get(user=user)
    with by_hand():
        TeamGrant.objects.filter(source_id=membership.id).update(until=ago(seconds=1))


ENDS: Final[list[tuple[str, Way]]] = [
    ("nurse", membership_over),
    ("nurse", membership_ended_by_somebody),
    ("nurse", membership_moved_to_tomorrow),
    ("nurse", agreement_over),
    ("nurse", organisation_off),
    ("outreach", memorandum_over),
    ("outreach", agreement_over),
    ("partner_worker", memorandum_over),
    ("partner_worker", membership_over),
    ("partner_worker", organisation_off),
    ("coordinator", grant_taken),
    ("coordinator", grant_over),
    ("coordinator", membership_ended_by_somebody),
    ("deputy", grant_taken),
    ("lead", membership_over),
]
NAMES: Final = [f"{who}: {way.__name__}" for who, way in ENDS]


@pytest.mark.parametrize(("who", "end"), ENDS, ids=NAMES)
def test_the_token_is_dead(town: Town, who: str, end: Way) -> None:
    user = getattr(town, who)
    api = client_for(user, team=town.team)
    assert api.get(ME).status == 200
    assert town.lead.id
    assert town.coordinator.id
    end(town, user)
    answer = api.get(ME)
    assert (answer.status, answer.code) == (401, "invalid_credentials")


@pytest.mark.parametrize(("who", "end"), ENDS, ids=NAMES)
def test_the_session_has_no_role_left(town: Town, who: str, end: Way) -> None:
    user = getattr(town, who)
    api = browser_for(user)
    before = api.get(ME).json
    assert before["seats"]
    assert before["may"]
    assert town.lead.id
    assert town.coordinator.id
    end(town, user)
    after = api.get(ME).json
    assert (after["seats"], after["may"], after["teams"], after["organisations"]) == ([], [], [], [])
    assert api.get("/api/v1/organisations").status == 403


def test_an_account_that_is_off_has_neither(town: Town) -> None:
    token, session = client_for(town.nurse), browser_for(town.nurse)
    account_off(town, town.nurse)
    assert token.get(ME).code == "invalid_credentials"
    assert session.get(ME).code == "not_authenticated"


def test_of_two_roles_the_other_stays(town: Town) -> None:
    other = Town()
    seat(town.nurse, "member", team=other.team, organisation=other.clinic)
    here, there = client_for(town.nurse, team=town.team), client_for(town.nurse, team=other.team)
    session = browser_for(town.nurse)
    set_on(Membership.objects.get(user=town.nurse, team=town.team), valid_until=ago(seconds=1))
    assert here.get(ME).status == 401
    assert there.get(ME).status == 200
    assert [found["team"] for found in session.get(ME).json["seats"]] == [str(other.team.id)]


@pytest.mark.parametrize("values", [{"revoked_at": ago(seconds=1)}, {"expires_at": ago(seconds=1)}])
def test_a_token_that_is_over_leaves_the_session_alone(town: Town, values: dict[str, Any]) -> None:
    token, session = client_for(town.nurse), browser_for(town.nurse)
    set_on(MachineToken.objects.get(acting_for=town.nurse), **values)
    assert token.get(ME).code == "invalid_credentials"
    assert session.get(ME).status == 200


def test_access_comes_back_with_what_it_rests_on(town: Town) -> None:
    api = client_for(town.partner_worker, team=town.team)
    memorandum = Memorandum.objects.get(organisation=town.partner)
    set_on(memorandum, valid_until=ago(seconds=1))
    assert api.get(ME).status == 401
    set_on(memorandum, valid_until=None)
    assert api.get(ME).status == 200


def test_a_person_without_a_role_reads_nothing_but_the_own_account(town: Town) -> None:
    api: Api = browser_for(town.nurse)
    membership_over(town, town.nurse)
    assert api.get(ME).status == 200
    for path in ("teams", "organisations", "members", "services", "tokens", "invitations", "memoranda"):
        answer = api.get(f"/api/v1/{path}")
        assert (answer.status, answer.code) == (403, "forbidden")
