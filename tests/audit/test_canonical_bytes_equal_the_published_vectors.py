"""RFC 8785, input to output, for every published triple; and what has no canonical form is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit.canonical import InvalidFact, Json, canonical

pytestmark = pytest.mark.pure

VECTORS = Path(__file__).parents[1] / "data" / "jcs"
NAMES = sorted(path.stem for path in (VECTORS / "input").glob("*.json"))
WHOLE = some.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
TEXT = some.text(alphabet=some.characters(exclude_categories=["Cs"]))
TREES = some.recursive(
    some.none() | some.booleans() | WHOLE | TEXT,
    lambda inner: some.lists(inner) | some.dictionaries(TEXT, inner),
    max_leaves=20,
)


def test_all_six_vectors_are_here() -> None:
    assert NAMES == ["arrays", "french", "structures", "unicode", "values", "weird"]


@pytest.mark.parametrize("name", NAMES)
def test_the_vector_agrees_byte_for_byte(name: str) -> None:
    given_value = json.loads((VECTORS / "input" / f"{name}.json").read_text("utf-8"))
    expected = bytes.fromhex((VECTORS / "outhex" / f"{name}.txt").read_text("ascii"))
    assert canonical(given_value) == expected
    assert (VECTORS / "output" / f"{name}.json").read_bytes().rstrip(b"\n") == expected


@given(TREES)
def test_reading_and_writing_again_changes_nothing(tree: Json) -> None:
    once = canonical(tree)
    assert json.loads(once) == tree
    assert canonical(json.loads(once)) == once


@given(some.dictionaries(TEXT, WHOLE))
def test_the_order_in_which_keys_came_does_not_matter(pairs: dict[str, int]) -> None:
    assert canonical(pairs) == canonical(dict(reversed(list(pairs.items()))))


def test_text_is_not_normalised() -> None:
    composed, decomposed = "\u0111\u010d", "\u0111c\u030c"
    assert canonical(composed) != canonical(decomposed)


@pytest.mark.parametrize(
    "value",
    [
        "\ud800",
        {"\udfff": 1},
        float("nan"),
        float("inf"),
        2**53,
        -(2**53),
        {1: "number as a key"},
        b"bytes",
        {"deep": [object()]},
        {"a", "b"},
    ],
)
def test_what_has_no_canonical_form_is_refused(value: Json) -> None:
    with pytest.raises(InvalidFact):
        canonical(value)


def test_the_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(InvalidFact) as refusal:
        canonical({"secret-key-0123456789": 2**60})
    assert "secret" not in str(refusal.value)
    assert str(2**60) not in str(refusal.value)
