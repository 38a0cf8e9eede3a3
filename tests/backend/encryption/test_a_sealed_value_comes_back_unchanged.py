"""Text, JSON and null survive sealing; what has no canonical form is refused before anything is stored."""

import enum
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.encryption.cipher import NotSealable, Value, open_envelope, revision_of, seal
from tests.backend.encryption.samples import EXACT, KEY, PLACE, documents, normalised, texts, values


def there_and_back(value: Any, **options: Any) -> Value:
    envelope = seal(key=KEY, place=PLACE, revision=1, value=value, **options)
    return open_envelope(key=KEY, place=PLACE, envelope=envelope)


@settings(deadline=None)
@given(value=values, revision=st.integers(0, 2**32 - 1), floor=st.sampled_from([64, 128, 4096, 8192]))
def test_any_value_any_revision_any_floor(value: Any, revision: int, floor: int) -> None:
    envelope = seal(key=KEY, place=PLACE, revision=revision, value=value, floor=floor)
    assert open_envelope(key=KEY, place=PLACE, envelope=envelope) == normalised(value)
    assert revision_of(envelope) == revision


@settings(deadline=None)
@given(document=documents)
def test_a_document_can_be_sealed_again_as_it_came_back(document: Any) -> None:
    once = there_and_back(document)
    assert there_and_back(once) == once == document


def test_text_is_stored_in_its_composed_form() -> None:
    assert there_and_back("c\u030c") == "č"
    assert there_and_back("и\u0306") == "й"


@settings(deadline=None)
@given(text=texts)
def test_two_spellings_of_one_text_give_one_envelope(text: str) -> None:
    import_form, screen_form = (normalised(text), text)
    one, other = (
        seal(key=KEY, place=PLACE, revision=1, value=form, salt=bytes(24))
        for form in (import_form, screen_form)
    )
    assert one == other


def test_json_text_stays_as_it_was_typed() -> None:
    document = {"c\u030c": "c\u030c", "č": "č"}
    assert there_and_back(document) == document


@pytest.mark.parametrize("value", [None, "", "null", [], {}, [None], {"": None}])
def test_nothing_and_empty_are_different_values(value: Any) -> None:
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    "value",
    [
        1,
        0,
        True,
        1.5,
        b"bytes",
        date(2026, 1, 1),
        {"a": object()},
        {1: "key"},
        {"a": b"x"},
        {"a": {"b"}},
        [date.min],
    ],
)
def test_other_kinds_are_refused(value: Any) -> None:
    with pytest.raises(NotSealable):
        there_and_back(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, EXACT + 1, -EXACT - 1])
def test_numbers_without_a_canonical_form_are_refused(value: float) -> None:
    with pytest.raises(NotSealable):
        there_and_back({"score": value})


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, {"a": "\ud83d"}, ["\udc00"]])
def test_half_a_character_is_refused(value: Any) -> None:
    with pytest.raises(NotSealable):
        there_and_back(value)


def test_a_document_that_contains_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(NotSealable):
        there_and_back(endless)


@pytest.mark.parametrize("number", [1e20, 2.0**60, -(2.0**53), 5e-324, 1.7976931348623157e308, 0.1, -0.0])
def test_a_float_stays_the_same_number(number: float) -> None:
    assert there_and_back([number]) == [number]


def test_the_members_of_a_string_enumeration_come_back_as_their_text() -> None:
    class Answer(enum.StrEnum):
        YES = "yes"

    assert there_and_back(Answer.YES) == "yes"


@pytest.mark.parametrize(
    "options", [{"floor": 0}, {"floor": 63}, {"floor": 192}, {"floor": 5000}, {"salt": b"short"}]
)
def test_arguments_out_of_range_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        there_and_back("text", **options)


@pytest.mark.parametrize("revision", [-1, 2**32])
def test_a_revision_has_four_bytes(revision: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        seal(key=KEY, place=PLACE, revision=revision, value="text")
