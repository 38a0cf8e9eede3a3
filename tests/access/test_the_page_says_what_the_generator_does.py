"""docs/access-matrix.md is what the generator writes, word for word."""

import re

import pytest

from tests.access.checks import everything
from tests.access.document import PAGE, page
from tests.access.reach import CALLERS, KINDS

pytestmark = pytest.mark.pure

EVERY = everything()
WRITTEN = page(EVERY)


def test_the_committed_page_is_the_generated_one() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert said == WRITTEN, "Write it anew: python -m tests.access.document"


def test_every_operation_stands_in_it_once() -> None:
    names = re.findall(r"^\| `(\w+)` \|", WRITTEN, re.MULTILINE)
    assert sorted(names) == sorted({check.operation.name for check in EVERY})


def test_the_numbers_of_the_operations_add_up() -> None:
    numbers = re.findall(r"^\| `\w+` \|.*\| ([\d,]+) \|$", WRITTEN, re.MULTILINE)
    assert sum(int(number.replace(",", "")) for number in numbers) == len(EVERY)


def test_it_says_for_every_kind_of_row_who_reaches_it() -> None:
    rows = WRITTEN.partition("## Who reaches what")[2].partition("## By which channel")[0]
    kinds = re.findall(r"^\| ([a-z ]+?) \| .* \|$", rows, re.MULTILINE)
    assert [kind.replace(" ", "_") for kind in kinds if kind != "row"] == list(KINDS)
    assert all(
        row.count("|") == 2 + sum(bool(one.role) for one in CALLERS.values())
        for row in rows.split("\n")[4:]
        if row
    )
