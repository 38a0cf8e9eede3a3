"""Medians, percentiles, marks and the table: what is told is what was measured, and what was not is said."""

from typing import Any

import pytest

from benchmarks import figures
from benchmarks.figures import BEGIN, END, LARGE, MARKS, SMALL, Measured

ONE = Measured("ours", LARGE, "list", 1, 100, 3.0, 1.0, 4.0, 9.0)


def measured(**values: Any) -> Measured:
    return Measured(**{**vars(ONE), **values})


def whole_run(**cpu: float) -> list[Measured]:
    """Return a run in which each operation costs as its mark allows, unless said."""
    ours = [
        measured(operation=name, server_ms=cpu.get(name, limit), postgres_ms=0)
        for name, limit in MARKS.items()
    ]
    small = measured(referrals=SMALL, server_ms=cpu.get("small", 5.0), postgres_ms=0)
    usual = measured(system="usual way", server_ms=cpu.get("usual", 300.0), postgres_ms=0)
    return [*ours, small, usual]


def verdicts(**cpu: float) -> dict[str, bool | None]:
    return {one.name: one.holds for one in figures.marks(figures.lines(whole_run(**cpu)))}


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50), (0.95, 95), (0.0, 1), (1.0, 100)], ids=["p50", "p95", "least", "most"]
)
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: float) -> None:
    assert figures.percentile(list(range(100, 0, -1)), share) == expected


def test_a_percentile_of_one_value_is_that_value_and_of_none_an_error() -> None:
    assert figures.percentile([7.0], 0.95) == 7.0
    with pytest.raises(ValueError, match="nothing"):
        figures.percentile([], 0.5)


def test_a_line_is_the_median_over_rounds_with_one_and_eight_apart() -> None:
    alone = [measured(server_ms=value) for value in (1.0, 9.0, 2.0)]
    crowd = [measured(threads=8, server_ms=value, p50_ms=20.0) for value in (5.0, 5.0, 50.0)]

    (line,) = figures.lines([*alone, *crowd])

    assert (line.server_ms, line.postgres_ms, line.cpu_ms, line.cpu_8_ms) == (2.0, 1.0, 3.0, 6.0)
    assert (line.p50_1_ms, line.p50_8_ms, line.requests) == (4.0, 20.0, 600)


def test_systems_sizes_and_operations_have_lines_of_their_own() -> None:
    others = [measured(system="usual way"), measured(referrals=SMALL), measured(operation="detail")]

    assert len(figures.lines([ONE, *others, ONE])) == 4


def test_every_mark_holds_at_its_limit() -> None:
    assert set(verdicts().values()) == {True}


@pytest.mark.parametrize("name", sorted(MARKS))
def test_a_mark_does_not_hold_above_its_limit(name: str) -> None:
    judged = verdicts(**{name: MARKS[name] + 0.01})

    assert judged[f"{name}, CPU ms at 1 million"] is False


def test_a_list_that_grows_with_the_table_and_one_too_near_the_usual_way_do_not_hold() -> None:
    assert verdicts(small=4.9)["list, 1 million to 100 thousand"] is False
    assert verdicts(usual=274.0)["list, usual way to ours at 1 million"] is False


def test_what_was_not_measured_is_said_and_not_judged() -> None:
    judged = figures.marks(figures.lines([measured(referrals=SMALL)]))

    assert {one.holds for one in judged} == {None}
    assert "not measured" in figures.table([], judged, {})


def test_the_table_names_every_line_with_its_figures() -> None:
    found = figures.lines(whole_run())
    text = figures.table(found, figures.marks(found), {"machine": "2 cores"})

    assert "- machine: 2 cores" in text
    assert "| detail | 1 000 000 | ours | **4.50** | 4.50 | 0.00 |" in text
    assert text.count("| holds |") == len(MARKS) + 2


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"

    assert figures.put_between(page, "new") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


@pytest.mark.parametrize(
    "page", ["", BEGIN, END, f"{END} {BEGIN}"], ids=["empty", "no end", "no begin", "turned"]
)
def test_a_page_without_both_markers_is_left_alone(page: str) -> None:
    with pytest.raises(ValueError, match="markers"):
        figures.put_between(page, "new")


def test_machines_get_the_same_as_people() -> None:
    found = figures.lines([ONE])

    told: Any = figures.as_json(found, figures.marks(found), {"date": "today"})

    assert told["facts"] == {"date": "today"}
    assert told["lines"][0]["cpu_ms"] == 4.0
    assert len(told["marks"]) == len(MARKS) + 2
