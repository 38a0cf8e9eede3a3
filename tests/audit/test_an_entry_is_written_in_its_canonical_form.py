"""The fast way to write an entry's bytes beside RFC 8785's: the same for all that an entry may hold, else refused."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit.canonical import MAX_INTEGER, Fact, InvalidFact, Json, canonical, canonical_of_codes, facts

pytestmark = pytest.mark.pure

ASCII = some.text(alphabet=some.characters(max_codepoint=127))
NAMES = some.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
CODES = some.text(alphabet=some.characters(min_codepoint=33, max_codepoint=126), max_size=200)
WHOLE = some.integers(-MAX_INTEGER, MAX_INTEGER)
SCALARS = some.none() | some.booleans() | WHOLE | CODES | some.uuids()
TREES = some.recursive(
    some.none() | some.booleans() | WHOLE | ASCII,
    lambda inner: some.lists(inner) | some.dictionaries(ASCII, inner),
    max_leaves=20,
)


@given(some.dictionaries(NAMES, SCALARS | some.lists(SCALARS, max_size=9)))
def test_whatever_may_be_a_fact_has_the_same_bytes(given_facts: dict[str, Fact]) -> None:
    plain: dict[str, Any] = dict(facts(given_facts))
    assert canonical_of_codes(plain) == canonical(plain)


@given(some.dictionaries(ASCII, TREES))
def test_so_has_every_tree_of_codes(tree: dict[str, Json]) -> None:
    written = canonical_of_codes(tree)
    assert written == canonical(tree)
    assert json.loads(written) == tree


@given(some.dictionaries(ASCII, WHOLE))
def test_the_order_in_which_names_came_does_not_matter(pairs: dict[str, int]) -> None:
    assert canonical_of_codes(pairs) == canonical_of_codes(dict(reversed(list(pairs.items()))))


@given(some.characters(min_codepoint=128))
def test_no_character_outside_ascii_is_written(character: str) -> None:
    """Above ASCII the two sort names differently, and an entry holds no such text anyway."""
    for value in ({"a": character}, {character: 1}, {"a": [{"b": f"x{character}"}]}):
        with pytest.raises(InvalidFact):
            canonical_of_codes(value)


@given(some.integers(MAX_INTEGER + 1) | some.integers(max_value=-MAX_INTEGER - 1))
def test_no_integer_beyond_what_a_reader_keeps_is_written(number: int) -> None:
    for value in ({"a": number}, {"a": {"b": [0, number]}}):
        with pytest.raises(InvalidFact):
            canonical_of_codes(value)


@pytest.mark.parametrize("number", [0, -1, 1, MAX_INTEGER, -MAX_INTEGER])
def test_the_last_integers_that_fit_are_written(number: int) -> None:
    assert canonical_of_codes({"a": number}) == b'{"a":%d}' % number


@pytest.mark.parametrize(
    "text", ["", '"', "\\", "/", "\x00", "\x08\x09\x0a\x0c\x0d", "\x1f", "\x7f", "</script>", "\\u0041"]
)
def test_controls_and_quotes_are_escaped_alike(text: str) -> None:
    for value in ({"a": text}, {text: "a"}):
        assert canonical_of_codes(value) == canonical(value)


@pytest.mark.parametrize(
    "value",
    [b"bytes", object(), {"a", "b"}, {1: "a number as a name"}, 1 + 2j, {UUID(int=1): 1}],
    ids=["bytes", "thing", "set", "number as name", "complex", "id as name"],
)
def test_what_is_no_json_is_refused(value: Any) -> None:
    for whole in ({"deep": [value]}, {"deep": value}):
        with pytest.raises(InvalidFact):
            canonical_of_codes(whole)


def test_the_refusal_does_not_repeat_the_value() -> None:
    for value in ({"secret-key-0123456789": 2**60}, {"a": "tajna-š"}):
        with pytest.raises(InvalidFact) as refusal:
            canonical_of_codes(value)
        assert not any(word in str(refusal.value) for word in ("secret", "tajna", str(2**60)))


@pytest.mark.parametrize("number", [0.5, 1.0, 1e21, float("nan"), float("inf")], ids=str)
def test_a_fraction_is_no_fact_and_does_not_get_here(number: float) -> None:
    with pytest.raises(InvalidFact):
        facts({"a": number})  # type: ignore[dict-item]
