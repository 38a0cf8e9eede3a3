"""A need is open, being met, met, a gap, or withdrawn; a gap opens again when a service appears."""

import itertools

import pytest

from backend.cases.need_states import FOLLOWING, UNFINISHED, check_change
from backend.errors import Conflict, Invalid
from backend.reference.lists import codes

pytestmark = pytest.mark.pure
STATES = tuple(codes("need_statuses"))
PAIRS = list(itertools.product(STATES, STATES))


def test_every_state_of_the_list_has_its_steps() -> None:
    assert set(FOLLOWING) == set(STATES)
    assert set().union(*FOLLOWING.values()) <= set(STATES)


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[1] in FOLLOWING[pair[0]]])
def test_a_listed_step_is_taken(before: str, after: str) -> None:
    check_change(before, after=after)


@pytest.mark.parametrize("state", STATES)
def test_staying_is_no_step_and_no_error(state: str) -> None:
    check_change(state, after=state)


@pytest.mark.parametrize(("before", "after"), [(b, a) for b, a in PAIRS if a != b and a not in FOLLOWING[b]])
def test_every_other_step_is_a_conflict_with_the_legal_states(before: str, after: str) -> None:
    with pytest.raises(Conflict) as refused:
        check_change(before, after=after)
    assert set(refused.value.legal) == FOLLOWING[before]


@pytest.mark.parametrize("nonsense", ["", "done", "OPEN", "open "])
def test_an_unknown_state_is_a_fault_of_the_input(nonsense: str) -> None:
    with pytest.raises(Invalid):
        check_change("open", after=nonsense)


def test_the_loop_may_close_while_the_need_does_not() -> None:
    assert {"open", "being_met", "gap"} == UNFINISHED
    assert "open" in FOLLOWING["gap"]
