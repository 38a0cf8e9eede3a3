"""Keys, places and values that the tests of this room share: the known answer's, and strategies."""

import unicodedata
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from backend.encryption.cipher import FieldKey, Place

DEK = bytes(range(32))
KEY = FieldKey(dek=DEK, dek_id=UUID(bytes=b"\x11" * 16), generation=1)
PLACE = Place(
    case_id=UUID(bytes=b"\x33" * 16), record_id=UUID(bytes=b"\x44" * 16), label="referral.narrative"
)
SALT = bytes(range(0xA0, 0xB8))
NARRATIVE = "Đorđe – heroin"

EXACT = 2**53 - 1
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)
numbers = st.integers(-EXACT, EXACT) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | texts
trees = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=12)
documents = st.dictionaries(texts, trees) | st.lists(trees)
values = st.none() | texts | documents


def normalised(value: Any) -> Any:
    """What comes back: text in NFC, everything else as it went in."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
