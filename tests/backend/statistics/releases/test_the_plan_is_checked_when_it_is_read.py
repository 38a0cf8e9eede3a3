"""The table plan: at most twelve tables, of known marks and dimensions; a broken one is refused with the reason."""

from typing import Any

import pytest
import yaml

from backend.statistics.facts import marks
from backend.statistics.releases import periods, plan
from backend.statistics.releases.periods import NoPeriod, Period
from backend.statistics.releases.plan import BrokenPlan
from backend.statistics.releases.tables import DIMENSIONS


def broken(**changes: Any) -> bytes:
    """Return the shipped plan with its first table changed."""
    said = yaml.safe_load(plan.FILE.read_bytes())
    said["tables"][0] |= changes
    return yaml.safe_dump(said, allow_unicode=True).encode()


def test_the_shipped_plan_holds_its_twelve_tables_in_three_scripts() -> None:
    shipped = plan.current()
    assert len(shipped.tables) == plan.MOST == 12
    for table in shipped.tables:
        assert {*table.label} == {*table.caveat} == {"en", "sr-Cyrl", "sr-Latn"}
        assert set(table.marks) <= marks.MARKS
    assert shipped.table("people").label["sr-Latn"] == "Osobe u koordinaciji"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"marks": ["in_coordination", "names"]}, "mark names"),
        ({"columns": "service_code; DROP"}, "columns service_code"),
        ({"rows": "person"}, "rows person"),
        ({"tiers": ["A"]}, "tier A"),
        ({"finest": {"geography": "street", "period": "quarter"}}, "geography street"),
        ({"finest": {"geography": "team", "period": "day"}}, "period day"),
        ({"kinds": ["national"]}, "before the end of the year"),
        ({"grows": ["gap"]}, "mark gap"),
        ({"label": {"en": "People"}}, "cannot be read"),
        ({"id": "gaps"}, "twice"),
    ],
)
def test_a_broken_plan_says_what_is_wrong(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BrokenPlan, match=said):
        plan.read(broken(**changes))


@pytest.mark.parametrize(
    "raw", [b"", b"tables: 7", b"\xff", b"version: 1\ntables: []\nsame: []", b"a: [", b"!!python/none x"]
)
def test_what_is_no_plan_is_refused(raw: bytes) -> None:
    with pytest.raises(BrokenPlan):
        plan.read(raw)


def test_a_thirteenth_table_is_refused() -> None:
    said = yaml.safe_load(plan.FILE.read_bytes())
    said["tables"].append(said["tables"][0] | {"id": "more"})
    with pytest.raises(BrokenPlan, match="13"):
        plan.read(yaml.safe_dump(said).encode())


def test_dimensions_are_those_of_the_code_lists() -> None:
    assert DIMENSIONS["substance_group"]()[:3] == ("1", "2", "3")
    assert "WV" in DIMENSIONS["service_group"]()
    assert DIMENSIONS["sex"]() == ("1", "2", "99")


def test_periods_know_their_quarters_and_their_end() -> None:
    assert periods.parse("2026-H2").quarters == ("2026-Q3", "2026-Q4")
    assert [str(one.over_on) for one in periods.of_year(2026)] == [
        "2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01", "2026-07-01", "2027-01-01", "2027-01-01"
    ]  # fmt: skip
    assert periods.parse("2026-Q2").within("half") == Period(2026, "H1")
    assert [str(one) for one in periods.parse("2026").parts("half")] == ["2026-H1", "2026-H2"]
    with pytest.raises(NoPeriod):
        periods.parse("2026").within("quarter")
    for text in ("2026-Q0", "2026Q1", "26-Q1", "2026-", "2026-Q1\n", "٢٠٢٦"):
        with pytest.raises(NoPeriod):
            periods.parse(text)
