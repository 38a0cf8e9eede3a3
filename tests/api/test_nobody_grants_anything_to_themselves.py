"""No door gives somebody a role, more of one, a longer one, or the acting for themselves; and who invites whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backend.teams.models import Membership, User
from tests.api.client import Answer, browser_for
from tests.world import Town, national, seat

MEMBERS = "/api/v1/members"
INVITATIONS = "/api/v1/invitations"
LATER = (timezone.now() + timedelta(days=900)).isoformat()


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def give_oneself(user: User, role: str, **where: Any) -> Answer:
    said = {"username": user.username, "role": role, **{name: str(one.id) for name, one in where.items()}}
    return browser_for(user).post(MEMBERS, said)


@pytest.mark.parametrize(
    ("who", "role", "where"),
    [
        ("coordinator", "member", ("team", "clinic")),
        ("coordinator", "deputy_coordinator", ("team", "clinic")),
        ("lead", "coordinator", ("team", "centre")),
        ("lead", "member", ("team", "centre")),
        ("lead", "data_protection_officer", ("team",)),
        ("officer", "municipal_lead", ("team",)),
        ("nurse", "coordinator", ("team", "clinic")),
        ("nurse", "member", ("team", "clinic")),
        ("partner_worker", "partner_worker", ("partner",)),
    ],
)
def test_nobody_gives_themselves_a_role(town: Town, who: str, role: str, where: tuple[str, ...]) -> None:
    user = getattr(town, who)
    places = {("team" if one == "team" else "organisation"): getattr(town, one) for one in where}
    assert give_oneself(user, role, **places).status in {403, 422}
    assert Membership.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("role", ["directory_admin", "key_custodian", "national_analyst", "release_officer"])
def test_an_administrator_gives_no_office_to_themselves(role: str) -> None:
    admin = national("platform_admin")
    assert give_oneself(admin, role).code == "forbidden"
    assert [one.role for one in Membership.objects.filter(user=admin)] == ["platform_admin"]


@pytest.mark.parametrize("who", ["coordinator", "lead", "nurse", "partner_worker"])
def test_nobody_changes_or_ends_their_own_role(town: Town, who: str) -> None:
    user = getattr(town, who)
    api, at = browser_for(user), f"{MEMBERS}/{role_of(user).id}"
    for values in ({"valid_until": LATER}, {"organisation_steward": True}, {"services": None}):
        assert api.patch(at, values, If_Match='"1"').status in {403, 404}
    assert api.post(f"{at}/end", {}).status in {403, 404}
    assert api.post(f"{at}/disable", {}).status in {403, 404}
    kept = role_of(user)
    assert (kept.valid_until, kept.organisation_steward) == (None, False)


def test_a_deputy_does_not_call_themselves_to_act(town: Town) -> None:
    at = f"{MEMBERS}/{role_of(town.deputy).id}/start-acting"
    assert browser_for(town.deputy).post(at, {"reason": "absent"}).code == "forbidden"


def invite(user: User, role: str, **where: Any) -> Answer:
    said = {"role": role, **{name: str(one.id) for name, one in where.items()}}
    return browser_for(user).post(INVITATIONS, said)


def steward(town: Town, organisation: Any, role: str = "member") -> User:
    return town.worker(role, organisation, organisation_steward=True)


def test_a_steward_invites_to_the_own_organisation_only(town: Town) -> None:
    user = steward(town, town.clinic)
    assert invite(user, "member", team=town.team, organisation=town.clinic).status == 201
    assert invite(user, "member", team=town.team, organisation=town.centre).status in {403, 422}
    assert invite(user, "coordinator", team=town.team, organisation=town.clinic).code == "forbidden"


def test_a_partners_steward_invites_to_the_partner_only(town: Town) -> None:
    user = steward(town, town.partner, "partner_worker")
    assert invite(user, "partner_worker", organisation=town.partner).status == 201
    assert invite(user, "partner_worker", organisation=town.society).status in {403, 422}
    assert invite(user, "member", team=town.team, organisation=town.society).status in {403, 422}


@pytest.mark.parametrize("who", ["nurse", "social_worker", "partner_worker", "officer"])
def test_whoever_is_no_steward_invites_nobody(town: Town, who: str) -> None:
    user = getattr(town, who)
    held = role_of(user)
    where = {"team": held.team, "organisation": held.organisation or town.clinic}
    role = "partner_worker" if held.role == "partner_worker" else "member"
    assert invite(user, role, **{name: one for name, one in where.items() if one}).status in {403, 422}


def test_a_coordinator_invites_workers_and_a_lead_the_coordinator(town: Town) -> None:
    worker = {"team": town.team, "organisation": town.clinic}
    assert invite(town.coordinator, "member", **worker).status == 201
    assert invite(town.coordinator, "coordinator", **worker).code == "forbidden"
    assert invite(town.lead, "coordinator", **worker).status == 201
    assert invite(town.lead, "municipal_lead", team=town.team).code == "forbidden"
    assert invite(national("platform_admin"), "municipal_lead", team=town.team).status == 201


def test_an_invitation_to_another_town_is_not_given(town: Town) -> None:
    other = Town()
    assert invite(town.coordinator, "member", team=other.team, organisation=other.clinic).code == "forbidden"
    seat(town.coordinator, "member", team=other.team, organisation=other.clinic)
    assert invite(town.coordinator, "member", team=other.team, organisation=other.clinic).status == 403
