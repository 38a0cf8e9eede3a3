"""The rules of `scope` on a model made for the test, without a database: what may be added, by any seat at all."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permissions import scope
from permissions.actor import Actor
from permissions.roles import POLICY, ROLES
from permissions.scope import NOBODY, TEAMLESS_ROLES, Forbidden, Reach, may, require
from permissions.seats import Seat

pytestmark = pytest.mark.pure
TEAMS = [UUID(int=1), UUID(int=2)]
ORGANISATIONS = [UUID(int=11), UUID(int=12)]
TEAM_ROLES = ("coordinator", "deputy_coordinator", "member", "municipal_lead", "data_protection_officer")


@dataclass
class Draft:
    """An object not saved yet, of a team and an organisation."""

    team_id: UUID
    author_id: UUID
    reach = Reach(view="case.view_coded", author="author_id")
    _state = SimpleNamespace(adding=True)


@dataclass
class Everywhere(Draft):
    """An object of the whole installation."""

    reach = Reach(view="directory.view", team="")


def seats() -> st.SearchStrategy[Seat]:
    """Return live seats as they occur: a team where the role has one, an organisation where it works for one."""
    in_team = st.builds(
        Seat,
        role=st.sampled_from(TEAM_ROLES),
        team_id=st.sampled_from(TEAMS),
        organisation_id=st.sampled_from(ORGANISATIONS),
        acting=st.booleans(),
    )
    partner = st.builds(Seat, role=st.just("partner_worker"), organisation_id=st.sampled_from(ORGANISATIONS))
    teamless = st.builds(Seat, role=st.sampled_from(sorted(TEAMLESS_ROLES)))
    return st.one_of(in_team, partner, teamless)


def by(*held: Seat, operations: frozenset[str] | None = None) -> Actor:
    return Actor(id=UUID(int=99), seats=held, operations=operations)


actions = st.sampled_from(sorted(POLICY))
drafts = st.builds(Draft, st.sampled_from(TEAMS), st.sampled_from(ORGANISATIONS))


@given(st.lists(seats(), max_size=3), actions, drafts)
def test_more_seats_never_take_a_right_away(held: list[Seat], action: str, draft: Any) -> None:
    alone = any(may(by(seat), action, draft) for seat in held)
    assert may(by(*held), action, draft) == alone


@given(seats(), actions, drafts)
def test_a_no_in_the_table_is_a_no(seat: Seat, action: str, draft: Any) -> None:
    if seat.word(action) == "no":
        assert not may(by(seat), action, draft)


@given(seats(), actions, drafts)
def test_nobody_adds_to_a_team_in_which_they_hold_no_seat(seat: Seat, action: str, draft: Any) -> None:
    if seat.team_id is not None and seat.team_id != draft.team_id:
        assert not may(by(seat), action, draft)


@given(seats(), actions, drafts)
def test_own_means_for_the_own_organisation_only(seat: Seat, action: str, draft: Any) -> None:
    if seat.word(action) == "own_organisation" and seat.organisation_id != draft.author_id:
        assert not may(by(seat), action, draft)


@given(seats(), actions, drafts)
def test_a_yes_holds_in_the_own_team(seat: Seat, action: str, draft: Any) -> None:
    if seat.word(action) == "yes" and seat.team_id == draft.team_id:
        assert may(by(seat), action, draft)


@given(seats(), actions, drafts, st.frozensets(actions, max_size=3))
def test_a_token_never_does_more_than_its_operations_or_its_person(
    seat: Seat, action: str, draft: Any, operations: frozenset[str]
) -> None:
    allowed = may(by(seat, operations=operations), action, draft)
    assert allowed == (action in operations and may(by(seat), action, draft))


@given(actions, drafts)
def test_without_a_seat_nothing_may_be_done(action: str, draft: Any) -> None:
    with pytest.raises(Forbidden):
        require(by(), action, draft)


@given(st.sampled_from(ROLES), actions)
def test_an_organisation_nobody_named_opens_nothing(role: str, action: str) -> None:
    seat = Seat(role, team_id=TEAMS[0])
    nobodys = Draft(TEAMS[0], ORGANISATIONS[0])
    if seat.word(action) == "own_organisation":
        assert not may(by(seat), action, nobodys)  # type: ignore[arg-type]


def test_a_role_of_a_team_without_its_team_sees_no_row_of_any() -> None:
    lost = Seat("coordinator", organisation_id=ORGANISATIONS[0])
    assert scope._clause(lost, "case.view_coded", Draft.reach) == NOBODY


def test_the_office_reaches_what_belongs_to_no_team() -> None:
    directory = Everywhere(TEAMS[0], ORGANISATIONS[0])
    assert may(by(Seat("directory_admin")), "memorandum.manage", directory)  # type: ignore[arg-type]
    assert not may(by(Seat("platform_admin")), "memorandum.manage", directory)  # type: ignore[arg-type]


def test_a_model_that_declares_no_reach_is_a_mistake_and_not_an_answer() -> None:
    with pytest.raises(AttributeError):
        scope.reach_of(SimpleNamespace)  # type: ignore[arg-type]
