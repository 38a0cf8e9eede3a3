"""The facts of the TDI-shaped tables go into yearly releases of tier B, and into nothing else."""

import io
from collections import Counter
from random import Random
from typing import Any

import psycopg
import pytest
from openpyxl import load_workbook

from backend.demo.profiles import profile
from backend.statistics.releases.reproducing import reproduce
from backend.statistics.tdi import cells, counting, workbook
from backend.statistics.tdi.rows import Cell, cells_of
from tests.backend.statistics.releases.facts_by_hand import fact, free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import built, released
from tests.world import Town

pytestmark = pytest.mark.database
PEOPLE = 40


def people(year: int, seed: int = 5) -> list[dict[str, Any]]:
    """The facts of people new in the year: unlinked to each other, of no team, spread over its quarters."""
    rng = Random(seed)
    return [
        fact("tdi", f"{year}-Q{1 + at % 4}", "new", **cell._asdict())
        for at in range(PEOPLE)
        for cell in cells_of(profile(rng, year=2026))
    ]


@pytest.fixture
def year(admin: psycopg.Connection) -> int:
    town, year = Town(), free_year()
    write(admin, [*yearly(town.team, year), *people(year)])
    for one in (town, Town(), Town()):
        lock(one.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    return year


def test_the_counts_are_those_of_the_facts(year: int) -> None:
    found = counting.counted([f"{year}-Q{at}" for at in range(1, 5)])
    true = Counter(Cell(one["table_code"], one["row_code"], one["column_code"]) for one in people(year))
    assert {cell: one.n for cell, one in found.items()} == dict(true)
    assert counting.tables([f"{year + 500}-Q1"], "B") is None


def test_a_year_for_the_office_has_them_and_is_made_again_the_same(year: int) -> None:
    row = released(str(year))
    told = row.document["tdi"]
    assert told["mask"] == "0-4"
    assert all(one["n"] >= 5 for one in told["cells"])
    book = workbook.written(row.document, number=row.number, sha256=row.sha256 or "")
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    for one in told["cells"]:
        assert sheet[cells.template().places[one["table"]].at(one["row"], one["column"])].value == one["n"]
    assert list(reproduce(row.number or 0).differs) == []


def test_a_quarter_and_the_public_have_none(year: int) -> None:
    assert "tdi" not in (built(f"{year}-Q2").document or {"tdi": "no document"})
    assert "tdi" not in (built(str(year), "C").document or {"tdi": "no document"})
