"""The parser takes what has one meaning and can be stored, and nothing else."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import strict_json
from api.strict_json import NotAccepted

pytestmark = pytest.mark.pure

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_characters="\0", codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_characters="\0", codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


def refused(raw: bytes) -> str:
    with pytest.raises(NotAccepted) as caught:
        strict_json.loads(raw)
    return caught.value.code


@given(PLAIN)
def test_plain_json_comes_through_unchanged(value: object) -> None:
    assert strict_json.loads(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_code(raw: bytes) -> None:
    with suppress(NotAccepted):
        strict_json.loads(raw)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "malformed_json"),
        (b"{", "malformed_json"),
        (b"{} {}", "malformed_json"),
        (b"{'a': 1}", "malformed_json"),
        (b'\xef\xbb\xbf{"a": 1}', "malformed_json"),
        (b"\xff\xfe{}", "not_utf8"),
        ('{"a": "ž"}'.encode("cp1250"), "not_utf8"),
        ('{"a": 1}'.encode("utf-16"), "not_utf8"),
        (b'{"a": 1, "a": 2}', "duplicate_name"),
        (b'{"x": [{"a": 1, "a": 1}]}', "duplicate_name"),
        (b'{"a": 1, "\\u0061": 2}', "duplicate_name"),
        (b"[NaN]", "malformed_json"),
        (b"[Infinity]", "malformed_json"),
        (b"[-Infinity]", "malformed_json"),
        (b"[1e999]", "malformed_json"),
        (b'"\\u0000"', "nul_character"),
        (b'{"\\u0000": 1}', "nul_character"),
        (b'["\\ud800"]', "nul_character"),
        (b"9" * 5000, "malformed_json"),
    ],
)
def test_the_reason_has_a_code(raw: bytes, code: str) -> None:
    assert refused(raw) == code


def test_twenty_levels_are_the_deepest() -> None:
    assert strict_json.loads(b"[" * 20 + b"]" * 20)
    assert refused(b"[" * 21 + b"]" * 21) == "too_deep"
    assert refused(b'{"a":' * 21 + b"1" + b"}" * 21) == "too_deep"


def test_a_very_deep_body_does_not_break_the_reader() -> None:
    assert refused(b"[" * 200_000) in {"too_deep", "malformed_json"}
    assert refused(b"[" * 100_000 + b"]" * 100_000) == "too_deep"
