"""What a step requires of its input: the words of the table, and those that an outcome adds."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.referrals.lifecycle import Standing, find, helped, missing

pytestmark = pytest.mark.pure
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def lacks(status: str, verb: str, side: str, *given: str, **standing: Any) -> tuple[str, ...]:
    at = Standing(status=status, now=NOW, **standing)
    return missing(find(at, verb, side=side), at, given=given)


@pytest.mark.parametrize(
    ("status", "verb", "side", "wanted"),
    [
        ("new", "draft", "requester", ("service_code",)),
        ("new", "send", "requester", ("consent_or_basis", "recipient", "service_code")),
        ("requested", "accept", "target", ("first_contact_due",)),
        ("requested", "accept", "requester_on_behalf", ("channel_and_reporter", "first_contact_due")),
        ("requested", "reject", "target", ("reason_code",)),
        ("accepted", "start", "target", ("first_contact_at",)),
        ("in-progress", "complete", "target", ("outcome_code",)),
        ("in-progress", "progress", "target", ("business_status",)),
        ("rejected", "acknowledge", "requester", ("acknowledgement_answer",)),
        ("rejected", "correct", "requester", ("reason_code",)),
        ("requested", "ask", "target", ("question_code",)),
    ],
)
def test_a_step_without_input_lacks_what_its_row_requires(
    status: str, verb: str, side: str, wanted: tuple[str, ...]
) -> None:
    assert lacks(status, verb, side) == wanted
    assert lacks(status, verb, side, *wanted) == ()


def test_resuming_needs_a_first_contact_only_where_there_was_none() -> None:
    assert lacks("on-hold", "resume", "target") == ("first_contact_at",)
    assert lacks("on-hold", "resume", "target", first_contact=True) == ()


@pytest.mark.parametrize("outcome", ["service-started", "service-completed", "one-off-help-given"])
def test_help_given_needs_a_first_contact(outcome: str) -> None:
    assert helped(outcome)
    assert lacks("accepted", "complete", "target", "outcome_code", outcome_code=outcome) == (
        "first_contact_at",
    )
    assert (
        lacks("accepted", "complete", "target", "outcome_code", outcome_code=outcome, first_contact=True)
        == ()
    )


def test_an_outcome_without_help_needs_no_first_contact() -> None:
    assert not helped("assessed-not-needed")
    assert lacks("accepted", "complete", "target", "outcome_code", outcome_code="assessed-not-needed") == ()


def test_referring_on_names_the_service_suggested() -> None:
    assert lacks("accepted", "complete", "target", "outcome_code", outcome_code="referred-on") == (
        "suggested_service_code",
    )


def test_acknowledging_help_needs_no_answer_and_acknowledging_anything_else_does() -> None:
    assert lacks("completed", "acknowledge", "requester", outcome_code="service-started") == ()
    assert lacks("completed", "acknowledge", "requester", outcome_code="referred-on") == (
        "acknowledgement_answer",
    )
    assert lacks("failed", "acknowledge", "requester") == ("acknowledgement_answer",)


def test_no_outcome_is_no_help() -> None:
    assert not helped("")
