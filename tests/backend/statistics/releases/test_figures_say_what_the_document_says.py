"""Figures over documents as releases build them: each number is a cell, a rate or a median of the document."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from backend.statistics.indicators import registry
from backend.statistics.indicators.figures import Figure, figures
from backend.statistics.releases.building import Draft, Tier, document
from backend.statistics.releases.cells import cells_of
from backend.statistics.releases.counts import Count
from backend.statistics.releases.tables import Plan
from tests.backend.statistics.releases.drafts import draft

SHA256 = "0f" * 32
CASES: tuple[tuple[Tier, str], ...] = (("B", "2026-Q3"), ("B", "2026-H2"), ("B", "2026"), ("C", "2026"))
IDS = ["quarter", "half", "year", "public"]


def full(tier: Tier, period: str, *, seed: int = 4) -> Draft:
    """A draft in which every table has facts, as many as small and middling towns have."""
    made, random = draft(tier, period=period, people=90, seed=seed), Random(seed)
    for atom in _atoms(made.plan, made):
        made.counts.all.setdefault(atom, Count(random.choice((0, 1, 3, 6, 25, 80)), random.randrange(4096)))
    return made


def _atoms(plan: Plan, made: Draft) -> Iterator[Any]:
    for table in plan.tables:
        for cell in cells_of(table, made.scope, made.levels[table.id]) if made.levels.get(table.id) else ():
            yield from cell.atoms


def of(said: dict[str, Any], **wanted: Any) -> list[Figure]:
    found = figures(said, number=7, sha256=SHA256)
    return [one for one in found if all(getattr(one, name) == value for name, value in wanted.items())]


@pytest.fixture(scope="module", params=CASES, ids=IDS)
def said(request: pytest.FixtureRequest) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(document(full(*request.param))))
    return made


def test_every_indicator_is_said(said: dict[str, Any]) -> None:
    assert {one.indicator for one in of(said)} == registry.registry().keys()


def test_every_count_is_a_cell_of_the_document(said: dict[str, Any]) -> None:
    there = {(cell["row"], cell["n"], cell["mask"]) for table in said["tables"] for cell in table["cells"]}
    counts = of(said, unit="count")
    assert counts
    for one in counts:
        assert (one.row, one.value, one.mask) in there


def test_every_share_is_the_one_that_the_document_works_out(said: dict[str, Any]) -> None:
    rates = {(one["row"], one["numerator"], one["denominator"]): one["value"] for one in said["rates"]}
    shares = [one for one in of(said, unit="per_cent", state="shown") if one.denominator is not None]
    assert shares
    for one in shares:
        assert rates.get((one.row, one.numerator, one.denominator), one.value) == one.value
        assert one.value is not None
        assert 0 <= one.value <= 100
        assert one.denominator is not None
        assert one.denominator >= said["method"]["least_denominator"]


def test_no_rate_of_the_document_is_left_unsaid(said: dict[str, Any]) -> None:
    shares = {(one.row, one.numerator, one.denominator) for one in of(said, unit="per_cent", state="shown")}
    for rate in said["rates"]:
        assert (rate["row"], rate["numerator"], rate["denominator"]) in shares, rate["id"]


def test_every_median_is_one_of_the_document(said: dict[str, Any]) -> None:
    there = {(one["id"], one["row"]): one["value"] for one in said["medians"]}
    for one in of(said, unit="days", part=""):
        if one.indicator in {"P1", "P5"}:
            assert there[one.indicator, one.row] == one.value


def test_no_sentence_has_a_number_of_its_own(said: dict[str, Any]) -> None:
    """Every number in a sentence is the period's, the figure's, its mask's, the citation's or the label's."""
    for one in of(said):
        allowed = {"7", "2026", "256", str(one.included), str(one.teams), "0", "4", "5", "10", "21", "90"}
        allowed |= {
            str(n) for n in (one.numerator, one.denominator, one.value and int(one.value)) if n is not None
        }
        spoken = one.sentence["en"].replace(SHA256[:12], "")
        assert set(re.findall(r"\d+", spoken)) <= allowed, spoken


def test_a_masked_cell_is_never_said_as_a_number(said: dict[str, Any]) -> None:
    masked = of(said, state="masked")
    assert masked
    for one in masked:
        assert one.value is None
        words = "fewer than 10" if said["tier"] == "C" else "0 to 4"
        assert words in one.sentence["en"]


def test_what_is_withheld_is_said_so() -> None:
    made = full("B", "2026-Q3")
    shown = document(made)
    told = {
        (cell["row"], cell["column"])
        for table in shown["tables"]
        for cell in table["cells"]
        if table["id"] == "people" and cell["mark"] == "new"
    }
    names = frozenset(f"B|2026-Q3|people|{row}|{column}|new" for row, column in told)
    found = of(document(replace(made, withheld=names)), indicator="N3")
    assert {(one.state, one.value) for one in found} == {("withheld", None)}
    assert all("so that nobody is recognised" in one.sentence["en"] for one in found)


def test_figures_of_towns_name_the_town(said: dict[str, Any]) -> None:
    rows = {one.row: one.sentence["sr-Latn"] for one in of(said, indicator="N1", part="")}
    assert "u svim obuhvaćenim timovima" in rows["total"]
    if "sabac" in rows:
        assert "u timu Šabac" in rows["sabac"]
    if "bor-majdanpek" in rows:
        assert "u timovima Bor i Majdanpek" in rows["bor-majdanpek"]
