"""What one live role is told by the table, the acting deputy included."""

import pytest

from permissions.actor import Actor
from permissions.roles import POLICY, ROLES
from permissions.seats import Seat

ACTING = [action for action, line in POLICY.items() if line.by["deputy_coordinator"] == "acting"]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "deputy_coordinator"])
def test_a_seat_is_told_the_cell_of_its_role(role: str) -> None:
    assert {action: Seat(role).word(action) for action in POLICY} == {
        a: line.by[role] for a, line in POLICY.items()
    }


@pytest.mark.parametrize("action", ACTING)
def test_a_deputy_who_acts_is_told_what_the_coordinator_is_told(action: str) -> None:
    assert Seat("deputy_coordinator", acting=True).word(action) == POLICY[action].by["coordinator"]


@pytest.mark.parametrize("action", ACTING)
def test_a_deputy_who_does_not_act_is_told_what_a_member_is_told(action: str) -> None:
    assert Seat("deputy_coordinator").word(action) == POLICY[action].by["member"]


def test_an_actor_without_seats_may_do_nothing() -> None:
    assert all(Actor(id=None).seats_for(action) == () for action in POLICY)


def test_a_token_may_do_only_its_operations() -> None:
    coordinator = Seat("coordinator")
    token = Actor(id=None, kind="token", seats=(coordinator,), operations=frozenset({"case.open"}))
    assert token.seats_for("case.open") == (coordinator,)
    assert token.seats_for("case.close") == ()


def test_a_token_for_an_operation_its_person_lacks_gets_nothing() -> None:
    token = Actor(id=None, kind="token", seats=(Seat("member"),), operations=frozenset({"case.close"}))
    assert token.seats_for("case.close") == ()
