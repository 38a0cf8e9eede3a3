"""Telephone numbers: by pattern and by library, in every spelling; published ones are no identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.guard import check
from backend.guard.phones import MOST_CANDIDATES, phone_numbers
from backend.guard.validations import normal_number

PHONES = {"mobile", "landline", "phone"}


def blocked(text: str, *, directory: frozenset[str] = frozenset()) -> list[str]:
    found = check(text, directory=directory)
    return [text[finding.start : finding.end] for finding in found if finding.kind in PHONES]


@pytest.mark.parametrize(
    "number",
    [
        "060 000 0000",
        "060/000-0000",
        "0600000000",
        "060-00-00-000",
        "+381600000000",
        "+381 60 000 0000",
        "+381 (0)60 000 0000",
        "00381 60 000 0000",
        "00 381 60 000 00 00",
        "(060) 000-0000",
        "0677000000",
        "015/000-000",
        "011 000 0000",
        "011.000.0000",
        "020/300-000",
        "+385 91 234 5678",
        "+49 30 123456",
        "0800 300 309",
        "060*000*0000",
        "060_000_0000",
        "060·000·0000",
        "060\n000\n0000",
        "0 6 0 0 0 0 0 0 0 0",
    ],
)
def test_a_number_is_found_in_every_spelling(number: str) -> None:
    for text in (number, f"tel. {number}", f"Позвати {number}, после подне."):
        found = blocked(text)
        assert len(found) == 1, text
        assert found[0] in number
        assert normal_number(found[0]) == normal_number(number)


@pytest.mark.parametrize(
    "text",
    [
        "Sastanak 12.05.2026. u 14.30",
        "14 sati, 3 osobe, 2026/2027, 10-15 puta",
        "1.500.000 dinara",
        "PHQ-9: 14, AUDIT: 12, SDS: 7",
        "Slučaj LO-7K3M-9QXF-4, uputa LO-7K3M-9QXF-4-R01",
        "usluge HR-NSP i TX-OST, 12 puta",
        "hitna pomoć 194, policija 192",
        "od 08.00 do 16.00 časova, radnim danima",
        "30 dana, 90 dana, 365 dana",
        "Zakon br. 94/2016",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert blocked(text) == []


def test_two_numbers_side_by_side_are_two_findings() -> None:
    assert blocked("061 234 5678 064 111 2222") == ["061 234 5678", "064 111 2222"]
    assert blocked("064/111-22-33, 064/111-22-34") == ["064/111-22-33", "064/111-22-34"]
    assert blocked("060 000 0000 ili 015/000-000") == ["060 000 0000", "015/000-000"]


def test_another_number_before_does_not_hide_it() -> None:
    assert blocked("dolazi u 9 060 000 0000") == ["060 000 0000"]


@pytest.mark.parametrize("published", ["015000000", "015/000-000", "+381 15 000 000", "00381 15 000000"])
def test_a_number_of_the_directory_passes_however_either_is_written(published: str) -> None:
    directory = frozenset({published})
    for written in ("015/000-000", "+381 15 000-000", "0038115000000"):
        assert blocked(f"tel. {written}", directory=directory) == []
    assert blocked("tel. 015/000-001", directory=directory) == ["015/000-001"]


def test_a_published_foreign_number_passes_too() -> None:
    assert blocked("+385 91 234 5678", directory=frozenset({"+385912345678"})) == []


@given(
    prefix=st.sampled_from(["0", "+381", "00381", "+3810"]),
    code=st.sampled_from(["60", "61", "62", "63", "64", "65", "66", "68", "69", "677"]),
    rest=st.from_regex(r"\d{6,7}", fullmatch=True),
)
def test_every_mobile_number_is_found(prefix: str, code: str, rest: str) -> None:
    # Thirteen digits may happen to be the number of a card as well, and are refused under that name.
    assert any(finding.action == "block" for finding in check(f"mob {prefix}{code}/{rest}"))


def test_the_library_stops_asking_after_many_candidates() -> None:
    text = "060 000 0000, " * (MOST_CANDIDATES + 50)
    assert len(list(phone_numbers(text, directory=frozenset()))) == MOST_CANDIDATES
    assert len(blocked(text)) == MOST_CANDIDATES + 50  # the patterns find the rest
