"""Most real personal numbers fail the check digit: a real date with a region, or a word nearby, is enough."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.guard import check

TODAY = date(2026, 11, 22)
SEPARATORS = ["", " ", ".", "-", " - ", "/", "\u00a0", "–", "\t", "\n"]


def kinds(text: str, *, today: date = TODAY, allow_future: bool = False) -> set[tuple[str, str]]:
    found = check(text, today=today, allow_future=allow_future)
    return {(finding.kind, finding.action) for finding in found}


@pytest.mark.parametrize(
    "text",
    [
        "0101001770001",  # a real past date and a region; the check digit is wrong
        "broj 2902000710000",  # 29 February 2000
        "osoba 3112999800007",
        "JMBG 0101099770009",  # a future date next to the word
        "ЈМБГ: 0101099770009",
        "jmbg0101099770009",
        "JMBG: 9999999999999",
        "JMBG 101001770001",  # the leading zero is lost
        "ЈМБГ 01010017700012",  # a digit too many
        "matični broj 9999999999999",
        "матичног броја 9999999999999",
        "lični broj je 0000000000000",
        "9999999999999 (JMBG)",
        "J M B G? Ne: JMBG je 1301 999 71 1234",
    ],
)
def test_shape_or_context_blocks(text: str) -> None:
    assert ("jmbg", "block") in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "potvrda 9999999999999",  # no date
        "potvrda 0101099770009",  # the future, wrong check digit, no word
        "potvrda 3102001770000",  # no 31 February
        "potvrda 0101001660000",  # no region 66
        "potvrda 2902001710000",  # 2001 was no leap year
        "JMBG 010100177",  # nine digits
        "JMBG 010100177000123",  # fifteen
        "JMBG nije upisan",
        "JMBG" + " " * 60 + "9999999999999",  # the word is too far away
    ],
)
def test_without_shape_and_context_it_is_no_personal_number(text: str) -> None:
    assert "jmbg" not in {kind for kind, _action in kinds(text)}


def test_a_birth_date_becomes_real_on_its_day() -> None:
    number = "2211026710001"
    assert ("jmbg", "block") in kinds(number, today=date(2026, 11, 22))
    assert ("jmbg", "block") not in kinds(number, today=date(2026, 11, 21))


def test_future_dates_count_only_when_asked_for() -> None:
    assert kinds("0101099770008", allow_future=True) == {("jmbg", "block")}
    assert ("jmbg", "block") not in kinds("0101099770008")


@given(
    born=st.dates(min_value=date(1900, 1, 1), max_value=TODAY),
    rest=st.from_regex(r"(?:[0-5]|[7-9])\d{5}", fullmatch=True),
    gaps=st.lists(st.sampled_from(SEPARATORS), min_size=3, max_size=3),
)
def test_every_number_with_a_past_date_is_blocked_however_it_is_spaced(
    born: date, rest: str, gaps: list[str]
) -> None:
    digits = f"{born:%d%m}{born.year % 1000:03d}{rest}"
    spaced = gaps[0].join((digits[:4], gaps[1].join((digits[4:7], gaps[2].join((digits[7:9], digits[9:]))))))
    assert ("jmbg", "block") in kinds(f"broj {spaced} kraj")


@given(st.from_regex(r"\d{13}", fullmatch=True))
def test_every_thirteen_digits_next_to_the_word_are_blocked(digits: str) -> None:
    assert ("jmbg", "block") in kinds(f"ЈМБГ {digits}")


@pytest.mark.parametrize(
    "text", ["dete 2 0101001770001", "0101001770001 12", "12 0101001770001 15", "2, 0101001770001"]
)
def test_a_number_before_or_after_does_not_hide_it(text: str) -> None:
    assert ("jmbg", "block") in kinds(text)
    start = text.index("0101001770001")
    assert [finding.start for finding in check(text, today=TODAY) if finding.kind == "jmbg"] == [start]


def test_longer_numbers_without_groups_are_none() -> None:
    assert ("jmbg", "block") not in kinds("00101001770001000")
