"""The tables of steps: every word in them is known, and they agree with the lists of statuses and roles."""

from collections import Counter
from dataclasses import FrozenInstanceError

import pytest

from backend.reference.lists import codes
from backend.reference.roles import role_rules, roles
from backend.reference.steps import NEW, CaseStep, ReferralStep, case_steps, referral_steps, transfer_steps

pytestmark = pytest.mark.pure

SIDES = {"requester", "target", "either", "system", "requester_on_behalf"}
REFERRAL_NEEDS = {
    "service_code", "recipient", "consent_or_basis", "first_contact_due", "first_contact_at", "reason_code",
    "outcome_code", "loop_ack_at", "second_person", "first_contact_at_if_help_given", "channel_and_reporter",
    "within_24h", "held_30_days", "acknowledgement_answer", "acknowledgement_answer_unless_help_given",
    "outcome_service_started", "after_90_days", "still_engaged", "question_code", "open_question",
}  # fmt: skip
CASE_NEEDS = {
    "consent", "consent_or_basis", "eligibility", "triage_outcome", "closure_reason", "no_open_referral",
    "review_due", "second_person", "rights_request", "retention_due",
}  # fmt: skip
TRANSFER_NEEDS = {"case_code", "consent", "recipient", "reason_code", "first_contact_due", "first_contact_at"}
UNCHANGED = {"acknowledgement", "follow_up", "ask", "reply"}


def test_the_tables_have_the_rows_of_the_files() -> None:
    assert (len(referral_steps()), len(case_steps()), len(transfer_steps())) == (67, 15, 13)


def test_a_step_is_read_as_written() -> None:
    assert referral_steps()[1] == ReferralStep(
        source="new",
        to="requested",
        who=frozenset({"requester"}),
        requires=frozenset({"service_code", "recipient", "consent_or_basis"}),
        kind="status_change",
        note="draft is optional in the source diagram",
        our_addition=False,
    )
    assert case_steps()[0] == CaseStep(
        source="new",
        to="proposed",
        who=frozenset({"coordinator", "deputy_coordinator", "member", "partner_worker"}),
        requires=frozenset({"consent_or_basis"}),
        kind="status_change",
        note="",
        action="case.propose",
    )


def test_a_step_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        referral_steps()[0].to = "completed"  # type: ignore[misc]
    assert referral_steps() is referral_steps()


def test_referral_steps_stand_between_known_statuses() -> None:
    statuses = set(codes("referral_statuses"))
    assert {step.source for step in referral_steps()} - {NEW} <= statuses
    assert {step.to for step in referral_steps()} == statuses


def test_referral_steps_use_only_known_words() -> None:
    assert {side for step in referral_steps() for side in step.who} == SIDES
    assert {need for step in referral_steps() for need in step.requires} == REFERRAL_NEEDS
    assert {step.kind for step in referral_steps()} == {
        "status_change", "correction", "consent_effect", "lapse_effect", *UNCHANGED
    }  # fmt: skip


def test_a_referral_step_is_given_by_one_side() -> None:
    assert all(len(step.who) == 1 for step in referral_steps())


def test_only_four_kinds_leave_the_status_as_it_is() -> None:
    assert {step.kind for step in referral_steps() if step.source == step.to} == UNCHANGED
    assert not [step for step in referral_steps() if step.kind in UNCHANGED and step.source != step.to]


def test_no_referral_step_is_there_twice() -> None:
    keys = Counter((step.source, step.to, side, step.kind) for step in referral_steps() for side in step.who)
    assert set(keys.values()) == {1}


def test_what_the_requester_reports_the_target_could_have_done() -> None:
    by_target = {(step.source, step.to) for step in referral_steps() if step.who & {"target", "either"}}
    reported = [step for step in referral_steps() if "requester_on_behalf" in step.who]
    assert reported
    for step in reported:
        assert (step.source, step.to) in by_target
        assert "channel_and_reporter" in step.requires


def test_every_referral_status_can_be_reached() -> None:
    reached = {NEW}
    while more := {step.to for step in referral_steps() if step.source in reached} - reached:
        reached |= more
    assert reached == {NEW, *codes("referral_statuses")}


def test_case_steps_agree_with_statuses_roles_and_actions() -> None:
    statuses = {NEW, *codes("case_statuses")}
    for step in case_steps():
        assert {step.source, step.to} <= statuses
        assert step.requires <= CASE_NEEDS
        assert step.who <= {*roles(), "system"}
        assert bool(step.action) == (step.who != {"system"})


def test_who_may_take_a_case_step_has_the_right_in_the_matrix() -> None:
    for step in case_steps():
        for role in step.who - {"system"}:
            assert role_rules()[step.action].by[role] != "no", (step, role)


def test_an_erased_case_never_comes_back() -> None:
    assert not [step for step in case_steps() if step.source == "erased"]


def test_transfer_steps_use_only_known_words() -> None:
    statuses = {NEW, *codes("transfer_statuses")}
    for step in transfer_steps():
        assert {step.source, step.to} <= statuses
        assert step.requires <= TRANSFER_NEEDS
        assert step.who <= {"sending", "receiving", "either", "system"}
        assert step.kind in {"status_change", "consent_effect"}
