"""Codes, whole numbers, booleans, UUIDs, nothing, flat lists of these. No sentence, no float, no date."""

from contextlib import nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit.canonical import MAX_INTEGER, MAX_LIST, InvalidFact, coded, facts, verb

pytestmark = pytest.mark.pure


class Status(StrEnum):
    SENT = "in-progress"


class Size(IntEnum):
    SMALL = 3


A_UUID = UUID("6f2f6d2e-5d0a-4b8e-9d3a-0c8d4a6a1f00")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("in-progress", "in-progress"),
        ("LO-7K3M-9QXF-C", "LO-7K3M-9QXF-C"),
        ("", ""),
        ("x" * 200, "x" * 200),
        (7, 7),
        (-MAX_INTEGER, -MAX_INTEGER),
        (True, True),
        (None, None),
        (A_UUID, str(A_UUID)),
        (["a", 1, None, A_UUID], ["a", 1, None, str(A_UUID)]),
        (("a", "b"), ["a", "b"]),
        ([], []),
        (Status.SENT, "in-progress"),
        (Size.SMALL, 3),
    ],
)
def test_what_is_taken(value: Any, written: Any) -> None:
    taken = facts({"status": value})["status"]
    assert taken == written
    assert type(taken) is type(written)


@pytest.mark.parametrize(
    "value",
    [
        "two words",
        "line\nbreak",
        "tab\tbed",
        "nul\x00byte",
        "Ђорђе",
        "non\u00a0breaking",
        "zero\u200bwidth",
        "\u202eright-to-left",
        "\ud800",
        "x" * 201,
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        b"bytes",
        bytearray(b"bytes"),
        Decimal(1),
        date(2026, 1, 1),
        datetime(2026, 1, 1, tzinfo=UTC),
        {"a": 1},
        {"a"},
        ["a", ["nested"]],
        ["a", "two words"],
        [1.5],
        object(),
        iter([1]),
    ],
)
def test_what_is_refused(value: Any) -> None:
    with pytest.raises(InvalidFact):
        facts({"status": value})


def test_a_list_has_an_end() -> None:
    assert len(facts({"ids": [1] * MAX_LIST})["ids"]) == MAX_LIST  # type: ignore[arg-type]
    with pytest.raises(InvalidFact):
        facts({"ids": [1] * (MAX_LIST + 1)})


@pytest.mark.parametrize(
    "name", ["Status", "status-code", "1st", "", "a" * 41, "stanje_š", "two words", "_x"]
)
def test_names_are_snake_case(name: str) -> None:
    with pytest.raises(InvalidFact):
        facts({name: 1})


@given(some.text())
def test_a_refusal_never_repeats_the_text(text: str) -> None:
    fits = len(text) <= 200 and all("!" <= character <= "~" for character in text)
    with nullcontext() if fits else pytest.raises(InvalidFact, match=r"^remark is not a code\.$"):
        assert coded("remark", text) == text


@pytest.mark.parametrize("text", ["referral.accepted", "case.coded_read", "key.dek.destroyed", "a.b"])
def test_a_verb_reads_thing_done(text: str) -> None:
    assert verb(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "accepted",
        "Referral.accepted",
        "referral.",
        ".accepted",
        "a b.c",
        "a.b\n",
        f"a.{'b' * 60}",
        None,
        7,
    ],
)
def test_anything_else_is_no_verb(text: Any) -> None:
    with pytest.raises(InvalidFact):
        verb(text)
