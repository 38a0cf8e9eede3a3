"""Each published number is a line that can be read alone; nothing in it is calculated by a spreadsheet."""

import csv
import io

import pytest

from backend.statistics.exports import csv_file
from backend.statistics.exports.edition import Edition
from tests.backend.statistics.exports.documents import cell, document, edition, table

pytestmark = pytest.mark.pure


def read(found: Edition) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_file.written(found).decode(), newline="")))


def test_a_line_says_of_which_release_table_and_period_it_is() -> None:
    first = read(edition())[0]
    assert first == {
        "release": "3",
        "sha256": "5a" * 32,
        "tier": "B",
        "period": "2026-Q3",
        "table": "referrals_by_service",
        "row": "bor",
        "column": "HR",
        "mark": "requested",
        "value": "12",
        "mask": "",
        "caveat": "",
    }


def test_a_masked_number_has_a_mask_and_no_value() -> None:
    masked = read(edition())[1]
    assert (masked["value"], masked["mask"]) == ("", "0-4")


def test_every_number_of_the_document_is_there_once_in_its_order() -> None:
    said = [(one["table"], one["mark"], one["value"]) for one in read(edition())]
    assert said == [
        ("referrals_by_service", "requested", "12"),
        ("referrals_by_service", "requested", ""),
        ("medians", "P1", "4"),
        ("tallies", "syringes_out", "1200"),
    ]


def test_a_zero_is_a_zero_and_not_nothing() -> None:
    assert read(edition(table("t", cell("bor", "HR", 0))))[0]["value"] == "0"


def test_a_table_s_caveat_stands_in_each_of_its_lines() -> None:
    found = read(edition(table("t", caveat={"en": "Not treatment entries.", "sr-Cyrl": "Нису."})))
    assert [one["caveat"] for one in found[:2]] == ["Not treatment entries."] * 2


def test_an_unpublished_release_has_no_number() -> None:
    assert {one["release"] for one in read(edition(number=None))} == {""}


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t", "\r"], ids=["is", "plus", "minus", "at", "tab", "cr"]
)
def test_no_text_is_taken_for_a_formula(begin: str) -> None:
    hostile = f'{begin}cmd|" /C calc"!A0'
    found = read(edition(table("t", cell(hostile, hostile, 5))))[0]
    assert found["row"] == found["column"] == f"'{hostile}"


def test_quotes_commas_and_line_ends_come_back_as_they_were() -> None:
    odd = 'a "b", c\r\nd; Шабац'
    assert read(edition(table("t", cell(odd, "HR", 5))))[0]["row"] == odd


def test_lines_end_as_rfc_4180_says_and_the_same_release_is_the_same_bytes() -> None:
    written = csv_file.written(edition())
    assert written.count(b"\r\n") == written.count(b"\n") == 5
    assert written == csv_file.written(edition())


def test_the_name_of_a_file_tells_release_tier_and_period() -> None:
    assert edition().name == "spona-release-3-B-2026-Q3"
    assert (
        Edition(None, "", "", document(tier="C", period="2026")).name == "spona-release-not-published-C-2026"
    )
