"""The table of steps and the lifecycle say the same: each row is reachable, everything else is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reference.lists import codes
from backend.reference.steps import NEW, ReferralStep, referral_steps
from backend.referrals import lifecycle
from backend.referrals.lifecycle import IllegalStep, Standing, WrongSide, find, legal_verbs, verb_of

pytestmark = pytest.mark.pure
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
STATUSES = (NEW, *codes("referral_statuses"))
VERBS = tuple(sorted(lifecycle.steps()))
# The conditions of the table, each met by one change of the standing.
MET_BY: dict[str, dict[str, Any]] = {
    "within_24h": {"ended_at": NOW - timedelta(hours=23)},
    "held_30_days": {"lapsed_at": NOW - timedelta(days=30)},
    "outcome_service_started": {"outcome_code": "service-started"},
    "after_90_days": {"ended_at": NOW - timedelta(days=90)},
    "open_question": {"owing": frozenset({"requester", "target"})},
}


def sides_of(step: ReferralStep) -> tuple[str, ...]:
    (who,) = step.who
    return ("requester", "target") if who == "either" else (who,)


def standing_for(step: ReferralStep) -> Standing:
    changes: dict[str, Any] = {}
    for word in step.requires:
        changes |= MET_BY.get(word, {})
    return Standing(status=step.source, now=NOW, **changes)


def label(step: ReferralStep) -> str:
    return f"{step.source}-{step.to}-{'+'.join(sorted(step.who))}-{step.kind}"


def test_the_table_has_the_rows_that_this_test_was_written_for() -> None:
    assert len(referral_steps()) == 67


@pytest.mark.parametrize("step", referral_steps(), ids=label)
def test_each_row_is_allowed_to_its_side_once_its_conditions_hold(step: ReferralStep) -> None:
    for side in sides_of(step):
        assert find(standing_for(step), verb_of(step), side=side) == step
        assert verb_of(step) in legal_verbs(standing_for(step), [side])


@pytest.mark.parametrize("step", [s for s in referral_steps() if s.requires & MET_BY.keys()], ids=label)
def test_no_row_is_allowed_while_its_conditions_do_not_hold(step: ReferralStep) -> None:
    for side in sides_of(step):
        with pytest.raises(IllegalStep):
            find(Standing(status=step.source, now=NOW), verb_of(step), side=side)


def expected(status: str, verb: str, side: str) -> bool:
    return any(
        step.source == status and verb_of(step) == verb and side in sides_of(step)
        for step in referral_steps()
    )


@pytest.mark.parametrize(("status", "side"), list(product(STATUSES, lifecycle.SIDES)))
def test_every_other_step_is_refused_with_the_verbs_that_are_legal(status: str, side: str) -> None:
    at = Standing(status=status, now=NOW, ended_at=NOW - timedelta(hours=1), owing=frozenset({side}))
    for verb in VERBS:
        if expected(status, verb, side) or verb in {"edit", "progress", "phoned"}:
            continue
        with pytest.raises((IllegalStep, WrongSide)) as refused:
            find(at, verb, side=side)
        if isinstance(refused.value, IllegalStep):
            assert refused.value.legal == legal_verbs(at, [side])
            assert verb not in refused.value.legal


@pytest.mark.parametrize("verb", ["accept", "reject", "start", "complete", "fail", "undo"])
def test_an_answer_of_the_target_is_never_the_requesters(verb: str) -> None:
    with pytest.raises(WrongSide):
        find(Standing(status="requested", now=NOW), verb, side="requester")


@pytest.mark.parametrize("verb", ["send", "acknowledge", "correct", "phoned", "edit"])
def test_what_the_requester_does_is_never_the_targets(verb: str) -> None:
    with pytest.raises(WrongSide):
        find(Standing(status="requested", now=NOW), verb, side="target")


@pytest.mark.parametrize("side", ["requester", "target", "requester_on_behalf"])
@pytest.mark.parametrize("verb", ["withdraw", "lapse"])
def test_no_person_takes_a_step_of_the_system(verb: str, side: str) -> None:
    with pytest.raises(WrongSide):
        find(Standing(status="accepted", now=NOW), verb, side=side)


@given(verb=st.text(max_size=12), side=st.sampled_from(lifecycle.SIDES), status=st.sampled_from(STATUSES))
def test_an_invented_verb_belongs_to_nobody(verb: str, side: str, status: str) -> None:
    if verb not in VERBS:
        with pytest.raises(WrongSide):
            find(Standing(status=status, now=NOW), verb, side=side)


standings = st.builds(
    Standing,
    status=st.sampled_from(STATUSES),
    now=st.just(NOW),
    ended_at=st.none() | st.integers(0, 2400).map(lambda hours: NOW - timedelta(hours=hours)),
    lapsed_at=st.none() | st.integers(0, 60).map(lambda days: NOW - timedelta(days=days)),
    acknowledged=st.booleans(),
    followed_up=st.booleans(),
    first_contact=st.booleans(),
    basis_holds=st.booleans(),
    outcome_code=st.sampled_from(["", *codes("referral_outcomes")]),
    owing=st.frozensets(st.sampled_from(["requester", "target"])),
)


@given(at=standings, side=st.sampled_from(lifecycle.SIDES), verb=st.sampled_from(VERBS))
def test_what_is_listed_as_legal_is_exactly_what_is_found(at: Standing, side: str, verb: str) -> None:
    if verb in legal_verbs(at, [side]):
        assert find(at, verb, side=side).source == at.status
    else:
        with pytest.raises((IllegalStep, WrongSide)):
            find(at, verb, side=side)


@given(at=standings, sides=st.frozensets(st.sampled_from(lifecycle.SIDES)))
def test_two_sides_together_may_what_either_may(at: Standing, sides: frozenset[str]) -> None:
    apart = {verb for side in sides for verb in legal_verbs(at, [side])}
    assert set(legal_verbs(at, sides)) == apart


@given(at=standings)
def test_an_acknowledged_referral_is_neither_acknowledged_nor_undone_again(at: Standing) -> None:
    verbs = legal_verbs(replace(at, acknowledged=True), lifecycle.SIDES)
    assert not {"acknowledge", "undo"} & set(verbs)


@given(at=standings)
def test_a_referral_entered_in_error_is_over(at: Standing) -> None:
    assert legal_verbs(replace(at, status="entered-in-error"), lifecycle.SIDES) == ()


def test_a_referral_held_by_a_lapse_resumes_only_once_its_basis_holds_again() -> None:
    held = Standing(status="on-hold", now=NOW, lapsed_at=NOW - timedelta(days=2), basis_holds=False)
    with pytest.raises(IllegalStep) as refused:
        find(held, "resume", side="target")
    assert {"complete", "fail"} <= set(refused.value.legal)
    assert find(replace(held, basis_holds=True), "resume", side="target").to == "in-progress"


def test_nobody_asks_or_replies_while_a_lapse_holds_the_referral() -> None:
    held = Standing(status="on-hold", now=NOW, lapsed_at=NOW, owing=frozenset({"requester"}))
    assert not {"ask", "reply"} & set(legal_verbs(held, ["requester", "target"]))


def test_only_the_side_that_was_asked_replies() -> None:
    asked = Standing(status="accepted", now=NOW, owing=frozenset({"requester"}))
    assert find(asked, "reply", side="requester").kind == "reply"
    with pytest.raises(IllegalStep):
        find(asked, "reply", side="target")


def test_a_follow_up_is_recorded_once() -> None:
    done = Standing(
        status="completed", now=NOW, outcome_code="service-started", ended_at=NOW - timedelta(days=91)
    )
    assert find(done, "follow-up", side="target").kind == "follow_up"
    with pytest.raises(IllegalStep):
        find(replace(done, followed_up=True), "follow-up", side="requester")
