"""Giving, changing and ending roles: each rule with its refusal."""

from typing import Any

import pytest

from backend.errors import Conflict, Invalid, Stale
from backend.teams import acting, people, tokens
from backend.teams.models import ActingSpell, Membership, TeamGrant
from permissions.scope import Forbidden, NotFound
from tests.world import BUILDER, Town, actor, ago, ahead, make_organisation, make_user, national, seat


@pytest.fixture
def town() -> Town:
    return Town()


def add(town: Town, by: Any, role: str, **values: Any) -> Membership:
    values.setdefault("user", make_user())
    values.setdefault("team", None if role == "partner_worker" else town.team)
    return people.add_membership(actor(by), role=role, **values)


def test_a_coordinator_adds_a_member_of_an_organisation_with_an_agreement(town: Town) -> None:
    made = add(town, town.coordinator, "member", organisation=town.clinic, services=["HR-OUT"])
    assert [found.role for found in actor(made.user).seats] == ["member"]
    assert actor(made.user).seats[0].services == {"HR-OUT"}


def test_a_lead_appoints_a_coordinator_who_then_holds_the_grant(town: Town) -> None:
    made = add(town, town.lead, "coordinator", organisation=town.centre)
    assert TeamGrant.objects.filter(source_id=made.id, reason="role", content_object=town.team).exists()
    assert [found.role for found in actor(made.user).seats] == ["coordinator"]


@pytest.mark.parametrize(
    ("who", "role", "organisation"),
    [
        ("coordinator", "coordinator", "centre"),
        ("coordinator", "deputy_coordinator", "clinic"),
        ("deputy", "member", "clinic"),
        ("nurse", "member", "clinic"),
        ("partner_worker", "partner_worker", "partner"),
        ("officer", "member", "clinic"),
        ("lead", "municipal_lead", ""),
        ("coordinator", "data_protection_officer", ""),
    ],
)
def test_nobody_else_gives_a_role(town: Town, who: str, role: str, organisation: str) -> None:
    place = getattr(town, organisation) if organisation else None
    with pytest.raises(Forbidden):
        add(town, getattr(town, who), role, organisation=place)


def test_a_coordinator_of_another_team_gives_none(town: Town) -> None:
    with pytest.raises(Forbidden):
        add(town, Town().coordinator, "member", organisation=town.clinic)


def test_a_platform_administrator_appoints_offices_but_no_member(town: Town) -> None:
    platform = national("platform_admin")
    assert add(town, platform, "municipal_lead").id
    with pytest.raises(Forbidden):
        add(town, platform, "member", organisation=town.clinic)


def test_nobody_gives_to_oneself(town: Town) -> None:
    with pytest.raises(Forbidden):
        add(town, town.lead, "coordinator", user=town.lead, organisation=town.centre)
    platform = national("platform_admin")
    with pytest.raises(Forbidden):
        add(town, platform, "directory_admin", user=platform, team=None)


def test_a_steward_adds_workers_of_the_own_organisation_only(town: Town) -> None:
    steward = make_user()
    seat(steward, "partner_worker", organisation=town.partner, organisation_steward=True)
    assert add(town, steward, "partner_worker", organisation=town.partner).id
    other = make_organisation("cso", memorandum=True)
    with pytest.raises(Forbidden):
        add(town, steward, "partner_worker", organisation=other)


def test_the_first_worker_of_a_partner_is_opened_by_the_platform(town: Town) -> None:
    made = add(town, national("platform_admin"), "partner_worker", organisation=town.partner, steward=True)
    assert actor(made.user).seats[0].steward


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ("municipal_lead", "member"),
        ("member", "municipal_lead"),
        ("key_custodian", "data_protection_officer"),
        ("data_protection_officer", "municipal_lead"),
    ],
)
def test_incompatible_roles_are_not_joined(town: Town, held: str, wanted: str) -> None:
    user = make_user()
    _seat(town, user, held)
    with pytest.raises(Conflict, match="incompatible_roles"):
        people.add_membership(BUILDER, user=user, role=wanted, **_place(town, wanted))


def test_a_role_that_is_over_does_not_stand_in_the_way(town: Town) -> None:
    user = make_user()
    seat(user, "municipal_lead", team=town.team, valid_from=ago(days=9), valid_until=ago(days=1))
    assert add(town, town.coordinator, "member", user=user, organisation=town.clinic).id


def test_the_same_role_twice_is_refused(town: Town) -> None:
    with pytest.raises(Conflict, match="already_held"):
        add(town, town.coordinator, "member", user=town.nurse, organisation=town.clinic)


def test_the_deputy_comes_from_another_organisation_than_the_coordinator(town: Town) -> None:
    assert actor(town.coordinator).seats
    with pytest.raises(Conflict, match="same_organisation"):
        add(town, town.lead, "deputy_coordinator", organisation=town.centre)
    assert add(town, town.lead, "deputy_coordinator", organisation=town.clinic).id
    with pytest.raises(Conflict, match="same_organisation"):
        add(town, town.lead, "coordinator", organisation=town.clinic)


def test_a_role_rests_on_an_agreement_and_a_memorandum(town: Town) -> None:
    with pytest.raises(Conflict, match="no_sharing_agreement"):
        add(town, town.coordinator, "member", organisation=make_organisation("health"))
    without = make_organisation("cso", team=town.team)
    with pytest.raises(Conflict, match="no_memorandum"):
        add(town, town.coordinator, "member", organisation=without)
    with pytest.raises(Conflict, match="no_memorandum"):
        add(town, national("platform_admin"), "partner_worker", organisation=without)


@pytest.mark.parametrize(
    ("role", "place", "pointer"),
    [
        ("mayor", {}, "/role"),
        ("member", {"organisation": None}, "/organisation"),
        ("member", {"team": None}, "/team"),
        ("partner_worker", {"organisation": None}, "/organisation"),
        ("municipal_lead", {"organisation": "clinic"}, "/organisation"),
        ("key_custodian", {"team": "team", "organisation": None}, "/team"),
        ("member", {"services": ["HR-OUT", "NO-SUCH"]}, "/services/1"),
        ("municipal_lead", {"organisation": None, "steward": True}, "/organisation"),
        ("member", {"valid_until": ago(days=1)}, "/valid_until"),
    ],
)
def test_place_and_role_go_together(town: Town, role: str, place: dict[str, Any], pointer: str) -> None:
    values: dict[str, Any] = {"team": town.team, "organisation": town.clinic, **place}
    for name in ("team", "organisation"):
        if isinstance(values[name], str):
            values[name] = getattr(town, values[name])
    if role in {"partner_worker", "municipal_lead"}:
        values["team"] = town.team if role == "municipal_lead" else None
    with pytest.raises(Invalid) as refused:
        people.add_membership(BUILDER, user=make_user(), role=role, **values)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_a_refused_role_leaves_nothing(town: Town) -> None:
    user = make_user()
    with pytest.raises(Forbidden):
        add(town, town.nurse, "member", user=user, organisation=town.clinic)
    assert not Membership.objects.filter(user=user).exists()
    assert not Membership.history.filter(user_id=user.id).exists()


def test_ending_takes_grant_spell_and_tokens_along(town: Town) -> None:
    membership = Membership.objects.get(user=town.deputy)
    acting.start_acting(actor(town.coordinator), membership, reason="absent")
    _, secret = tokens.issue(
        BUILDER, name="x", acting_for=town.deputy, team=town.team, operations=["case.view_coded"]
    )
    people.end_membership(actor(town.lead), membership)
    assert actor(town.deputy).seats == ()
    assert tokens.authenticate(secret) is None
    assert ActingSpell.objects.get(membership=membership).valid_until is not None
    assert not TeamGrant.objects.filter(source_id=membership.id).exists()
    with pytest.raises(Conflict, match="membership_over"):
        people.end_membership(actor(town.lead), membership)


def test_ending_later_leaves_the_seat_until_then(town: Town) -> None:
    membership = Membership.objects.get(user=town.nurse)
    people.end_membership(actor(town.coordinator), membership, at=ahead(days=3))
    assert actor(town.nurse).seats


def test_who_may_not_end_a_role(town: Town) -> None:
    nurse = Membership.objects.get(user=town.nurse)
    colleague = town.worker("member", town.clinic)
    for who in (town.nurse, colleague):
        with pytest.raises(Forbidden):
            people.end_membership(actor(who), nurse)
    for who in (town.social_worker, town.partner_worker, Town().coordinator, make_user()):
        with pytest.raises(NotFound):
            people.end_membership(actor(who), nurse)
    with pytest.raises(Forbidden):
        people.end_membership(actor(town.coordinator), Membership.objects.get(user=town.deputy))


def test_a_change_counts_the_version_and_a_stale_one_is_refused(town: Town) -> None:
    nurse = Membership.objects.get(user=town.nurse)
    people.change_membership(actor(town.coordinator), nurse, changes={"services": ["HR-OUT"]}, version=1)
    assert nurse.version == 2
    assert Membership.history.filter(id=nurse.id).count() == 2
    with pytest.raises(Stale):
        people.change_membership(actor(town.coordinator), nurse, changes={"services": None}, version=1)
    with pytest.raises(Invalid):
        people.change_membership(actor(town.coordinator), nurse, changes={"role": "coordinator"})


def test_a_deputy_acts_only_when_somebody_else_says_so(town: Town) -> None:
    deputy = Membership.objects.get(user=town.deputy)
    with pytest.raises(Forbidden):
        acting.start_acting(actor(town.lead), Membership.objects.get(user=town.lead), reason="absent")
    with pytest.raises((Forbidden, NotFound)):
        acting.start_acting(actor(town.deputy), deputy, reason="absent")
    with pytest.raises(Invalid):
        acting.start_acting(actor(town.coordinator), deputy, reason="holiday")
    nurse = Membership.objects.get(user=town.nurse)
    with pytest.raises(Conflict, match="not_a_deputy"):
        acting.start_acting(actor(town.coordinator), nurse, reason="absent")
    with pytest.raises(Conflict, match="not_acting"):
        acting.end_acting(actor(town.coordinator), deputy)
    acting.start_acting(actor(town.coordinator), deputy, reason="conflict_of_interest")
    with pytest.raises(Conflict, match="already_acting"):
        acting.start_acting(actor(town.lead), deputy, reason="absent")
    acting.end_acting(actor(town.deputy), deputy)
    assert not actor(town.deputy).seats[0].acting


def _place(town: Town, role: str) -> dict[str, Any]:
    if role == "member":
        return {"team": town.team, "organisation": town.clinic}
    return {"team": town.team} if role in {"municipal_lead", "data_protection_officer"} else {}


def _seat(town: Town, user: Any, role: str) -> None:
    seat(user, role, **_place(town, role))
