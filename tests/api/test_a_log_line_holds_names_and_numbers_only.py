"""The log is an allow-list: whatever a library writes, a message, an argument or a local never reaches it."""

import json
import logging
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.logs import AllowListed
from audit.context import RequestFacts, request_facts

pytestmark = pytest.mark.pure

CANARY = "Đorđe Petrović"
NAMES = "time level logger event request_id route method error at status milliseconds count"
KNOWN = set(NAMES.split())


def line(
    message: Any, *args: Any, level: int = logging.ERROR, exc: bool = False, **extra: Any
) -> dict[str, Any]:
    record = logging.getLogger("spona.test").makeRecord(
        "spona.test", level, "file", 1, message, args, sys.exc_info() if exc else None, extra=extra
    )
    text = AllowListed().format(record)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_coded_event_is_shown() -> None:
    assert line("audit_unavailable")["event"] == "audit_unavailable"


@pytest.mark.parametrize("message", [f"user {CANARY}", "Bad Request: /x", "{'a': 1}", 42, None])
def test_any_other_message_is_left_out(message: Any) -> None:
    assert "event" not in line(message)


def test_arguments_are_left_out() -> None:
    assert CANARY not in json.dumps(line("denied", CANARY), ensure_ascii=False)


def test_an_exception_is_its_class_and_its_place() -> None:
    def deep() -> None:
        name = CANARY
        raise ValueError(name)

    try:
        deep()
    except ValueError:
        said = line("unexpected", exc=True)
    assert said["error"] == "builtins.ValueError"
    assert said["at"].startswith("test_a_log_line_holds_names_and_numbers_only.py:")
    assert CANARY not in json.dumps(said, ensure_ascii=False)


def test_numbers_of_the_list_are_shown_and_nothing_else() -> None:
    said = line("done", status=200, milliseconds=12, count=3, name_of_person=CANARY, path="/x", user=CANARY)
    assert (said["status"], said["milliseconds"], said["count"]) == (200, 12, 3)
    assert set(said) <= KNOWN


def test_text_in_the_place_of_a_number_is_left_out() -> None:
    assert "status" not in line("done", status=CANARY)


def test_the_route_is_a_template() -> None:
    token = request_facts.set(RequestFacts("r-1", route="/api/v1/cases/{id}", method="GET"))
    try:
        said = line("done")
    finally:
        request_facts.reset(token)
    assert (said["request_id"], said["route"], said["method"]) == ("r-1", "/api/v1/cases/{id}", "GET")


@given(st.text(min_size=1), st.lists(st.text(), max_size=3))
def test_any_message_gives_a_line_of_known_keys(message: str, args: list[str]) -> None:
    assert set(line(message, *args)) <= KNOWN
