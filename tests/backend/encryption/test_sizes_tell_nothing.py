"""What can be seen from outside is a size class: never a choice, a length within the class, or an absence."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.encryption.cipher import seal
from backend.encryption.plaintext import is_legal_size, padded_size
from tests.backend.encryption.samples import KEY, PLACE

OVERHEAD = 96
CHOICES = ["heroin", "hiv-treatment", "unknown", "not-recorded", "domestic-violence-shelter", "", "99", "м"]


def size(value: Any, **options: Any) -> int:
    return len(seal(key=KEY, place=PLACE, revision=1, value=value, **options)) - OVERHEAD


def test_every_choice_of_a_list_is_as_long_as_no_answer() -> None:
    assert {size(choice) for choice in [*CHOICES, None]} == {64}


@settings(deadline=None)
@given(code=st.text(st.characters(max_codepoint=127), max_size=59) | st.none())
def test_every_code_is_as_long_as_no_answer(code: str | None) -> None:
    assert size(code) == 64


@settings(deadline=None)
@given(answers=st.dictionaries(st.sampled_from(["sex", "age", "drug"]), st.sampled_from(CHOICES)))
def test_a_class_of_rows_with_a_floor_is_all_one_size(answers: dict[str, str]) -> None:
    assert size(answers, floor=512) == size(None, floor=512) == size([], floor=512) == 512


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, 64), (59, 64), (60, 128), (123, 128), (124, 256), (251, 256), (252, 512), (507, 512), (508, 1024),
        (1019, 1024), (1020, 2048), (2043, 2048), (2044, 4096), (4091, 4096), (4092, 8192), (8187, 8192),
        (8188, 12288), (20_000, 20_480),
    ],
)  # fmt: skip
def test_a_text_goes_to_the_next_size_class(length: int, expected: int) -> None:
    assert size("x" * length) == expected


@pytest.mark.parametrize(("letter", "fits"), [("š", 29), ("ш", 29), ("€", 19), ("😀", 14)])
def test_sizes_count_bytes_not_letters(letter: str, fits: int) -> None:
    assert size(letter * fits) == 64
    assert size(letter * (fits + 1)) == 128


@pytest.mark.parametrize("floor", [64, 128, 256, 512, 1024, 2048, 4096, 8192, 12288])
def test_a_floor_is_the_size_of_everything_below_it(floor: int) -> None:
    assert {size(value, floor=floor) for value in (None, "", "x" * (floor - 5))} == {floor}
    assert size("x" * (floor - 4), floor=floor) > floor


@given(length=st.integers(0, 10**6), floor=st.integers(0, 10**5))
def test_a_padded_size_is_legal_big_enough_and_the_least(length: int, floor: int) -> None:
    found = padded_size(length, floor)
    assert is_legal_size(found)
    assert found >= max(length, floor, 64)
    assert not any(is_legal_size(smaller) for smaller in range(max(length, floor, 64), found))


@pytest.mark.parametrize("wrong", [-4096, -64, 0, 1, 63, 65, 96, 192, 3072, 4095, 4097, 6144])
def test_other_sizes_are_not_legal(wrong: int) -> None:
    assert not is_legal_size(wrong)
