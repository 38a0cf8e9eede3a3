"""A code is random and checked: one wrong character, or two swapped, is no code of any case."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.cases.codes import ALPHABET, as_typed, check_value, is_code, new_code

pytestmark = pytest.mark.pure
bodies = st.text(ALPHABET, min_size=8, max_size=8)
codes = st.builds(lambda _seed: new_code("LO"), st.integers())


class Chosen:
    """Draws what it is told, and counts."""

    def __init__(self, *bodies: str) -> None:
        self.left = list("".join(bodies))

    def __call__(self, alphabet: Sequence[str]) -> str:
        assert alphabet == ALPHABET
        return self.left.pop(0)


def test_the_example_of_the_design_comes_out() -> None:
    assert new_code("LO", Chosen("7K3M9QXF")) == "LO-7K3M-9QXF-C"


def test_a_body_whose_check_no_character_can_show_is_drawn_again() -> None:
    unshowable = next(f"0000000{last}" for last in ALPHABET if check_value(f"0000000{last}") >= 0)
    beyond = next(
        body for body in (f"000000{a}{b}" for a in ALPHABET for b in ALPHABET) if check_value(body) > 31
    )
    chosen = Chosen(beyond, "7K3M9QXF")
    assert new_code("LO", chosen) == "LO-7K3M-9QXF-C"
    assert chosen.left == []
    assert check_value(unshowable) == 0


@given(bodies)
def test_every_check_that_can_be_shown_is_accepted_and_no_other(body: str) -> None:
    value = check_value(body)
    accepted = [mark for mark in ALPHABET if is_code(f"LO-{body[:4]}-{body[4:]}-{mark}")]
    assert accepted == ([ALPHABET[value]] if value < len(ALPHABET) else [])


@given(codes, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    body = list(code[3:7] + code[8:12])
    assume(body[place] != other)
    body[place] = other
    text = "".join(body)
    assert not is_code(f"LO-{text[:4]}-{text[4:]}-{code[-1]}")


@given(codes, st.integers(0, 6))
def test_two_swapped_neighbours_are_noticed(code: str, place: int) -> None:
    body = list(code[3:7] + code[8:12])
    assume(body[place] != body[place + 1])
    body[place], body[place + 1] = body[place + 1], body[place]
    text = "".join(body)
    assert not is_code(f"LO-{text[:4]}-{text[4:]}-{code[-1]}")


@given(codes)
def test_a_code_is_understood_as_it_is_typed(code: str) -> None:
    assert is_code(code)
    assert as_typed(code) == code
    assert as_typed(code.lower().replace("-", " ")) == code
    assert as_typed(code.replace("-", "").replace("1", "l").replace("0", "O")) == code


@given(st.text(max_size=30))
def test_any_other_text_is_no_code_and_no_error(text: str) -> None:
    assume(as_typed(text) is None)
    assert not is_code(text)


@pytest.mark.parametrize("prefix", ["", "L", "lo", "LOZ", "L0", "Šć", "L-"])
def test_a_prefix_is_two_capital_letters(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        new_code(prefix)


def test_codes_do_not_repeat() -> None:
    assert len({new_code("LO") for _ in range(2000)}) == 2000
