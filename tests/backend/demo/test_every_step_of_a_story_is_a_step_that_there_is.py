"""The words of a story are checked against the table of steps before anybody waits for the demo to fail."""

import pytest

from backend.demo.loops import QUESTIONS, STEPS
from backend.demo.stories import LOOPS
from backend.reference.lists import code_exists, codes, entry

pytestmark = pytest.mark.pure
WORDS = sorted({step for loop in LOOPS.values() for step in loop})


def codes_of(word: str) -> set[str]:
    return {step.partition(":")[2] for step in WORDS if step.partition(":")[0] == word} - {""}


@pytest.mark.parametrize("step", WORDS)
def test_somebody_can_carry_out_every_word(step: str) -> None:
    assert step.partition(":")[0] in STEPS


def test_no_way_of_acting_is_without_a_story() -> None:
    assert {step.partition(":")[0] for step in WORDS} == set(STEPS)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("reject", "rejected"),
        ("fail", "failed"),
        ("hold", "on-hold"),
        ("cancel", "cancelled"),
        ("cancel_by_target", "cancelled"),
        ("correct", "entered-in-error"),
    ],
)
def test_every_reason_fits_its_step(word: str, status: str) -> None:
    assert codes_of(word)
    for code in codes_of(word):
        assert status in entry("referral_reasons", code).values("applies_to")


def test_every_outcome_answer_and_finer_state_exists() -> None:
    assert all(code_exists("referral_outcomes", code) for code in codes_of("complete"))
    assert all(code_exists("acknowledgement_answers", code) for code in codes_of("acknowledge"))
    assert all(code_exists("business_statuses", code) for code in codes_of("progress"))
    assert all(code_exists("urgencies", code) for code in codes_of("send"))


def test_whoever_gave_no_help_is_answered_when_the_loop_is_closed() -> None:
    for name, loop in LOOPS.items():
        if "acknowledge" in loop:  # without an answer
            helped = [step.partition(":")[2] for step in loop if step.startswith("complete:")]
            assert helped, name
            assert all(entry("referral_outcomes", code).is_yes("help_given") for code in helped), name


def test_every_other_loop_begins_by_writing_or_sending() -> None:
    assert all(loop[0].partition(":")[0] in {"draft", "send"} for loop in LOOPS.values())


def test_a_recipient_asks_only_what_a_recipient_asks() -> None:
    for data_class, question in QUESTIONS.items():
        row = codes("questions")[question].attributes
        assert row["asked_by"] == "target"
        assert row["data_class"] == data_class
