"""Check digits, dates, places and published numbers: each validation with its denial."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.guard.patterns import places
from backend.guard.validations import VALIDATIONS, Circumstances, normal_number

TODAY = date(2026, 11, 22)


def holds(
    name: str, value: str, *, allow_future: bool = False, directory: frozenset[str] = frozenset()
) -> bool:
    return VALIDATIONS[name](value, Circumstances(TODAY, allow_future, directory))


@pytest.mark.parametrize(
    ("value", "valid"), [("0101099770008", True), ("0101099770009", False), ("1506099805123", True)]
)
def test_the_check_digit_of_a_personal_number(value: str, *, valid: bool) -> None:
    assert holds("jmbg_checksum", value) is valid


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_exactly_one_check_digit_fits_a_personal_number(body: str) -> None:
    assert sum(holds("jmbg_checksum", f"{body}{digit}") for digit in range(10)) == 1


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_exactly_one_check_digit_fits_a_tax_number(body: str) -> None:
    assert sum(holds("pib_checksum", f"{body}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(("value", "valid"), [("990000002", True), ("990000019", True), ("990000001", False)])
def test_the_check_digit_of_a_tax_number(value: str, *, valid: bool) -> None:
    assert holds("pib_checksum", value) is valid


@pytest.mark.parametrize(
    ("value", "valid"), [("999-123-73", True), ("999-123-74", False), ("999-4567890123456-70", True)]
)
def test_the_check_of_a_bank_account(value: str, *, valid: bool) -> None:
    assert holds("account_mod97", value) is valid


@given(st.from_regex(r"[0-9]{3}-[0-9]{1,13}", fullmatch=True))
def test_at_most_one_check_fits_an_account(body: str) -> None:
    assert sum(holds("account_mod97", f"{body}-{check:02d}") for check in range(100)) == 1


@pytest.mark.parametrize(
    ("value", "past", "with_future"),
    [
        ("0101001770000", True, True),
        ("2211026770000", True, True),  # today
        ("2311026770000", False, True),  # tomorrow
        ("3112999770000", True, True),  # 1999
        ("0101900770000", True, True),  # 1900
        ("0101899770000", False, True),  # 2899
        ("3102001770000", False, False),
        ("0013001770000", False, False),
        ("2902001770000", False, False),
    ],
)
def test_the_date_of_a_personal_number(value: str, *, past: bool, with_future: bool) -> None:
    assert holds("jmbg_date", value) is past
    assert holds("jmbg_date", value, allow_future=True) is with_future
    assert holds("jmbg_past_date", value) is past
    assert holds("jmbg_past_date", value, allow_future=True) is past


@pytest.mark.parametrize("region", range(100))
def test_the_region_of_a_personal_number(region: int) -> None:
    assert holds("jmbg_region", f"0101001{region:02d}0000") is not (60 <= region <= 69)


@pytest.mark.parametrize(
    "value", ["Opština Bogatić", "Opštini Bogatić", "Opštine Bogatića", "Petar Bogatić", "Grad Primerić"]
)
def test_a_place_is_no_name(value: str) -> None:
    assert not holds("not_a_place", value)


@pytest.mark.parametrize(
    "value", ["Petar Primerović", "Jelenom Primerić", "Petra Primerovića", "Bog Primerski"]
)
def test_a_name_is_no_place(value: str) -> None:
    assert holds("not_a_place", value)


@pytest.mark.parametrize("name", sorted(name for name in places() if " " in name))
def test_a_place_of_several_words_is_no_name(name: str) -> None:
    assert not holds("not_a_place", name)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("015/000-000", "015000000"),
        ("+381 15 000 000", "015000000"),
        ("00381 15 000000", "015000000"),
        ("+381 (0)15 000000", "015000000"),
        ("381600000000", "0600000000"),
        ("990000002", "990000002"),
        ("381", "381"),
        ("", ""),
        ("abc", ""),
    ],
)
def test_a_number_has_one_normal_form(written: str, expected: str) -> None:
    assert normal_number(written) == expected


def test_a_published_number_is_not_personal() -> None:
    directory = frozenset({"015000000"})
    assert not holds("not_in_directory", "+38115000000", directory=directory)
    assert holds("not_in_directory", "015000001", directory=directory)
    assert holds("not_in_directory", "015000000")
