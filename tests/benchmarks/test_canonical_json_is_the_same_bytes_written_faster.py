"""Whatever a data set seals or records is written in the one canonical form, by whichever library."""

from random import Random
from typing import Any

import pytest
import rfc8785

from audit.canonical import InvalidFact, canonical
from backend.demo.profiles import profile
from benchmarks.canonical import dumps, quick_canonical_form

slowly = rfc8785.dumps


@pytest.mark.parametrize("seed", range(25))
def test_the_facts_of_a_person_are_the_same_bytes(seed: int) -> None:
    facts: Any = {"items": profile(Random(seed), year=2025), "flags": [], "needs": [{"id": "a", "code": "b"}]}

    assert dumps(facts) == slowly(facts)


@pytest.mark.parametrize(
    "value",
    [{}, [], {"b": 1, "a": [None, True]}, {"a.b": '" and \\', "a": "\n\t\x7f\x01"}, {"name": "Ђорђе"}, 2**53 - 1],
    ids=["nothing", "no list", "keys", "escapes", "other letters", "the largest number"],
)  # fmt: skip
def test_what_else_is_in_json_is_the_same_bytes(value: Any) -> None:
    assert dumps(value) == slowly(value)


@pytest.mark.parametrize(
    "value",
    ["\ud800", 2**53, 2**80, {1: "a"}, object()],
    ids=["half a letter", "too large", "far too large", "a number as name", "no value of JSON"],
)
def test_what_has_no_canonical_form_is_refused_all_the_same(value: Any) -> None:
    with pytest.raises((rfc8785.CanonicalizationError, UnicodeEncodeError)):
        dumps(value)


def test_the_house_writes_quickly_inside_and_as_always_outside() -> None:
    with quick_canonical_form():
        assert rfc8785.dumps is dumps
        assert canonical({"b": 1, "a": "x"}) == b'{"a":"x","b":1}'
        with pytest.raises(InvalidFact):
            canonical({"a": 2**60})
    assert rfc8785.dumps is slowly
