"""Reasons, finer states and other codes of a referral: what the lists say, code by code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import Fault, Invalid
from backend.reference.lists import codes
from backend.referrals import choices

pytestmark = pytest.mark.pure

STATUSES = ("rejected", "cancelled", "failed", "on-hold", "entered-in-error")
REASONS = codes("referral_reasons")
STATES = codes("business_statuses")


def fault_of(refused: pytest.ExceptionInfo[Invalid]) -> Fault:
    (fault,) = refused.value.faults
    return fault


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("code", REASONS)
def test_a_person_gives_the_reasons_that_the_list_has_for_a_step(code: str, status: str) -> None:
    applies = status in REASONS[code].values("applies_to")
    if applies and code not in choices.SYSTEM_REASONS:
        assert choices.reason(code, status=status) == code
        return
    with pytest.raises(Invalid) as refused:
        choices.reason(code, status=status)
    assert fault_of(refused) == Fault("/reason_code", "not_for_this_step")


def test_every_step_that_needs_a_reason_has_some_that_a_person_can_give() -> None:
    for status in STATUSES:
        given_by_people = [
            code
            for code, row in REASONS.items()
            if status in row.values("applies_to") and code not in choices.SYSTEM_REASONS
        ]
        assert given_by_people, status


def test_the_systems_reasons_are_in_the_list_too() -> None:
    assert set(REASONS) >= choices.SYSTEM_REASONS


@given(code=st.text(max_size=30))
def test_an_invented_reason_is_unknown(code: str) -> None:
    if code in REASONS:
        return
    with pytest.raises(Invalid) as refused:
        choices.reason(code, status="rejected")
    assert fault_of(refused) == Fault("/reason_code", "unknown_code")


@pytest.mark.parametrize("status", ["accepted", "in-progress", "on-hold"])
@pytest.mark.parametrize("code", STATES)
def test_a_finer_state_belongs_to_its_statuses(code: str, status: str) -> None:
    if status in STATES[code].values("allowed_in_status"):
        assert choices.business_status(code, status=status) == code
        assert choices.kept_business_status(code, status=status) == code
        return
    assert choices.kept_business_status(code, status=status) == ""
    with pytest.raises(Invalid) as refused:
        choices.business_status(code, status=status)
    assert fault_of(refused) == Fault("/business_status", "not_in_this_status")


def test_no_finer_state_is_kept_as_none() -> None:
    assert choices.kept_business_status("", status="on-hold") == ""


@given(code=st.text(max_size=30))
def test_an_invented_state_is_unknown(code: str) -> None:
    if code in STATES:
        return
    with pytest.raises(Invalid) as refused:
        choices.business_status(code, status="accepted")
    assert fault_of(refused) == Fault("/business_status", "unknown_code")


@pytest.mark.parametrize(
    ("list_name", "at"),
    [
        ("urgencies", "/urgency"),
        ("handover_modes", "/handover_mode"),
        ("data_classes", "/data_classes/0"),
        ("referral_outcomes", "/outcome_code"),
        ("acknowledgement_answers", "/acknowledgement_answer"),
    ],
)
def test_a_listed_code_is_returned_and_any_other_names_its_place(list_name: str, at: str) -> None:
    for code in codes(list_name):
        assert choices.listed(list_name, code, at=at) == code
        with pytest.raises(Invalid) as refused:
            choices.listed(list_name, f"{code}?", at=at)
        assert fault_of(refused) == Fault(at, "unknown_code")
