"""`branches` beside `visible_to`: the same rows for every mix of seats, and no row in two parts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from backend.cases.models import Case, Consent
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from backend.teams.models import ActingSpell, Team, User
from permissions.actor import Actor
from permissions.scope import branches, reach_of, visible_to
from permissions.seats import Seat
from tests.backend.referrals.loops import Loop, moved, opened
from tests.backend.referrals.rows import a_row
from tests.world import Town, actor, ago, make_organisation, make_user, national, saved, seat

MODELS: tuple[type[Model], ...] = (Referral, Case, Consent)
ACTIONS = ("referral.create", "referral.answer", "referral.preview", "referral.acknowledge", "case.edit")
NATIONAL = ("national_analyst", "release_officer", "directory_admin", "key_custodian", "platform_admin")


@pytest.fixture(scope="module")
def streets(database: None) -> tuple[Loop, Loop]:
    """Two towns with the same partner; in each a referral in every state that shows differently."""
    first, second = opened(Town()), opened(Town())
    second.town.__dict__["partner"] = first.town.partner
    for loop in (first, second):
        town = loop.town
        loop.agree(town.clinic, town.society, town.partner)
        a_row(loop, "draft")
        a_row(loop, "draft", recipient_organisation=None)
        a_row(loop)
        a_row(loop, basis_until=ago(minutes=1))
        a_row(loop, "accepted", service_code="TX-DET")
        a_row(loop, "completed", acknowledged_at=ago(days=29))
        a_row(loop, "completed", acknowledged_at=ago(days=31))
        a_row(loop, "rejected", sent_at=ago(days=40), ended_at=ago(days=31))
        a_row(loop, "cancelled", sent_at=ago(days=9), ended_at=ago(days=8))
        a_row(loop, "cancelled", ended_at=ago(days=8))
        a_row(loop, "entered-in-error")
        a_row(loop, "in-progress", requester_organisation=town.clinic, recipient_organisation=town.centre)
        a_row(loop, "on-hold", requester_organisation=town.clinic, recipient_organisation=town.clinic)
        a_row(loop, recipient_organisation=town.partner)
        a_row(loop, "accepted", recipient_organisation=town.society, service_code="HR-DIC")
        a_row(loop, requester_organisation=town.society, recipient_organisation=town.ward)
        loop.accepted()
    return first, second


def acting_deputy(town: Town) -> User:
    deputy = town.deputy
    saved(ActingSpell(membership=deputy.memberships.get(), team=town.team, valid_from=ago(hours=1)))
    return deputy


def of_two_teams(here: Town, there: Town) -> User:
    user = here.worker("member", here.clinic)
    seat(user, "member", organisation=there.society, team=there.team)
    return user


def of_two_houses(town: Town) -> User:
    user = town.worker("member", town.centre)
    seat(user, "member", organisation=town.clinic, team=town.team)
    return user


def member_and_coordinator(town: Town) -> User:
    user = town.worker("member", town.clinic)
    seat(user, "coordinator", organisation=town.centre, team=town.team)
    return user


def coordinator_and_partner(here: Town, there: Town) -> User:
    user = there.worker("coordinator", there.centre)
    seat(user, "partner_worker", organisation=here.partner)
    return user


def limited_twice(town: Town) -> User:
    """Somebody who hears of two services of the clinic, and of one more in a seat beside."""
    user = town.worker("member", town.clinic, services=["TX-OPC"])
    seat(user, "member", organisation=town.society, team=town.team, services=["HR-DIC"])
    return user


WHO: dict[str, Callable[[Town, Town], User]] = {
    "a coordinator": lambda here, there: here.coordinator,
    "a deputy": lambda here, there: here.worker("deputy_coordinator", here.clinic),
    "a deputy who acts": lambda here, there: acting_deputy(here),
    "a member of the requester": lambda here, there: here.social_worker,
    "a member of the recipient": lambda here, there: here.nurse,
    "a member without a part": lambda here, there: here.outreach,
    "a partner in two teams": lambda here, there: here.partner_worker,
    "a member of two teams": of_two_teams,
    "a member for two organisations": lambda here, there: of_two_houses(here),
    "a member who coordinates too": lambda here, there: member_and_coordinator(here),
    "a coordinator here, a partner there": coordinator_and_partner,
    "a member for some services": lambda here, there: limited_twice(here),
    "a lead": lambda here, there: here.lead,
    "an officer": lambda here, there: here.officer,
    "nobody": lambda here, there: make_user(),
}


def parts(by: Actor, model: type[Model], action: str, towns: list[Team]) -> list[list[Any]]:
    rows = model._base_manager.filter(team__in=towns)
    return [list(part.values_list("pk", flat=True)) for part in branches(by, rows, action)]


def seen(by: Actor, model: type[Model], action: str, towns: list[Team]) -> set[Any]:
    rows = model._base_manager.filter(team__in=towns)
    return set(visible_to(by, rows, action).values_list("pk", flat=True))


def check(by: Actor, towns: list[Team]) -> int:
    """Compare them for each model and action; return how many rows there were in all."""
    asked = [(model, reach_of(model).view) for model in MODELS]
    asked += [(Case if action == "case.edit" else Referral, action) for action in ACTIONS]
    total = 0
    for model, action in asked:
        found = [pk for part in parts(by, model, action, towns) for pk in part]
        assert len(found) == len(set(found)), f"{model.__name__}, {action}: a row in two parts"
        assert set(found) == seen(by, model, action, towns), f"{model.__name__}, {action}"
        total += len(found)
    return total


def towns_of(streets: tuple[Loop, Loop]) -> list[Team]:
    return [loop.town.team for loop in streets]


@pytest.mark.parametrize("who", WHO)
def test_the_parts_share_no_row_and_are_together_what_is_visible(
    streets: tuple[Loop, Loop], who: str
) -> None:
    here, there = (loop.town for loop in streets)
    found = check(actor(WHO[who](here, there)), towns_of(streets))
    assert bool(found) == (who not in {"a lead", "an officer", "nobody"})


@pytest.mark.parametrize("role", NATIONAL)
def test_a_national_role_has_no_part_in_referrals(streets: tuple[Loop, Loop], role: str) -> None:
    by = actor(national(role))
    assert check(by, towns_of(streets)) == 0
    assert branches(by, Referral.objects.all(), "case.view_coded") == []


def test_a_partner_in_two_teams_sees_rows_of_both(streets: tuple[Loop, Loop]) -> None:
    by = actor(streets[0].town.partner_worker)
    found = seen(by, Referral, "case.view_coded", towns_of(streets))
    assert {row.team_id for row in Referral.objects.filter(pk__in=found)} == {
        loop.town.team.id for loop in streets
    }


def test_who_sees_a_whole_team_reads_it_in_one_part(streets: tuple[Loop, Loop]) -> None:
    town = streets[0].town
    by = actor(member_and_coordinator(town))
    assert len(branches(by, Referral.objects.all(), "case.view_coded")) == 1
    assert len(branches(by, Case.objects.all(), "case.view_coded")) == 1


def test_each_index_that_helps_has_a_part_of_its_own(streets: tuple[Loop, Loop]) -> None:
    by = actor(streets[0].town.nurse)
    assert REACH.parts is not None
    assert len(branches(by, Referral.objects.all(), "case.view_coded")) == len(REACH.parts(by.seats[0])) > 1
    assert len(branches(by, Referral.objects.all(), "referral.preview")) == 1


def test_a_token_reads_within_its_operations_only(streets: tuple[Loop, Loop]) -> None:
    by = Actor(id=None, seats=actor(streets[0].town.nurse).seats, operations=frozenset({"consent.view"}))
    assert branches(by, Referral.objects.all(), "case.view_coded") == []
    assert len(branches(by, Consent.objects.all(), "consent.view")) == 1


def test_a_seat_held_twice_is_read_once(streets: tuple[Loop, Loop]) -> None:
    town = streets[0].town
    one = Seat("member", town.team.id, town.clinic.id)
    by = Actor(id=None, seats=(one, one))
    once = Actor(id=None, seats=(one,))
    rows = Referral.objects.all()
    assert len(branches(by, rows, "case.view_coded")) == len(branches(once, rows, "case.view_coded"))
    assert check(by, towns_of(streets)) > 0


def test_what_ends_by_the_clock_ends_in_the_parts_too(streets: tuple[Loop, Loop]) -> None:
    loop = streets[1]
    organisation = make_organisation("health", team=loop.town.team)
    by = actor(loop.town.worker("member", organisation))
    assert check(by, towns_of(streets)) == 0
    referral = a_row(loop, recipient_organisation=organisation)
    assert check(by, towns_of(streets)) > 0
    moved(referral, basis_until=ago(seconds=1))
    assert check(by, towns_of(streets)) == 0
