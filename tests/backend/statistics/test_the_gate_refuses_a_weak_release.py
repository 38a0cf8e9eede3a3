"""A release that only hides what is small is refused, with its cells named and no count told."""

import json
from collections.abc import Iterator
from itertools import product

import pytest
from scipy.optimize import OptimizeResult

from backend.statistics.disclosure.gate import judge
from backend.statistics.disclosure.known import Number, published
from backend.statistics.disclosure.masks import Shown

TOWNS, GROUPS = ("bor", "sabac"), ("HR", "TX", "SO")
TRUTH = dict(zip(product(TOWNS, GROUPS), (2, 11, 9, 14, 20, 8), strict=True))
COUNTS = {"|".join(cell): count for cell, count in TRUTH.items()}


def weak() -> Iterator[Number]:
    """Cells below 5 hidden, everything else as it is, totals too."""
    for (town, group), count in TRUTH.items():
        name = f"{town}|{group}"
        yield Number({name: 1}, *((0, 4) if count < 5 else (count, count)), name)
    for town in TOWNS:
        atoms = [f"{town}|{group}" for group in GROUPS]
        total = sum(COUNTS[atom] for atom in atoms)
        yield Number(dict.fromkeys(atoms, 1), total, total, f"{town}|total")


def strong() -> list[Number]:
    """The same with the noise and masks of tier B."""
    shown = [Shown(None, "0-4"), Shown(12), Shown(9), Shown(13), Shown(20), Shown(8)]
    cells = [published(name, [name], what, "B") for name, what in zip(COUNTS, shown, strict=True)]
    totals = [
        published(f"{town}|total", [f"{town}|{group}" for group in GROUPS], Shown(n), "B")
        for town, n in zip(TOWNS, (24, 40), strict=True)
    ]
    return cells + totals


def test_the_hidden_cell_is_named_as_recovered() -> None:
    report = judge(list(weak()), COUNTS, {}, "B")
    assert not report.passed
    assert [(cell.name, cell.learnt, cell.organisation) for cell in report.cells] == [
        ("bor|HR", "recovered", None)
    ]


def test_the_stored_report_names_places_and_no_counts() -> None:
    stored = judge(list(weak()), COUNTS, {}, "B").to_json()
    assert stored["cells"] == [{"name": "bor|HR", "learnt": "recovered", "organisation": None}]
    assert "low" not in json.dumps(stored)
    assert "seconds" not in stored  # the same facts give the same bytes


def test_the_same_counts_with_noise_and_masks_pass() -> None:
    report = judge(strong(), COUNTS, {}, "B")
    assert report.passed
    assert report.to_json()["passed"] is True


def test_an_organisation_that_knows_most_of_a_masked_cell_is_named() -> None:
    truth = COUNTS | {"bor|HR": 6}
    report = judge(strong(), truth, {"clinic": {"bor|HR": 5}}, "B")
    assert [(cell.name, cell.learnt, cell.organisation) for cell in report.cells] == [
        ("bor|HR", "narrow", "clinic")
    ]


def test_one_that_knows_less_of_it_is_not() -> None:
    assert judge(strong(), COUNTS | {"bor|HR": 6}, {"clinic": {"bor|HR": 4}}, "B").passed


def test_the_public_may_not_even_learn_that_somebody_is_there() -> None:
    numbers = [Number({"x": 1}, 1, 30, "x")]
    assert judge(numbers, {"x": 9}, {}, "B").passed
    assert [cell.learnt for cell in judge(numbers, {"x": 9}, {}, "C").cells] == ["present"]


def test_what_is_not_small_needs_no_room() -> None:
    assert judge([Number({"x": 1}, 5, 5, "x")], {"x": 5}, {}, "B").passed
    assert judge([Number({"x": 1}, 10, 10, "x")], {"x": 10}, {}, "C").passed


def test_a_sum_is_attacked_like_a_cell() -> None:
    numbers = [Number({"x": 1, "y": 1}, 3, 3, "both")]
    report = judge(numbers, {"x": 1, "y": 2}, {}, "B")
    assert [cell.name for cell in report.cells] == ["both"]


def test_earlier_releases_count_against_a_new_one() -> None:
    """A year and three of its quarters, each with room, leave the fourth none."""
    quarters = [f"Q{at}" for at in (1, 2, 3, 4)]
    truth = dict(zip(quarters, (30, 30, 30, 2), strict=True))
    earlier = [Number({name: 1}, 27, 30, name) for name in quarters[:3]]
    year = Number(dict.fromkeys(quarters, 1), 92, 95, "year")
    assert judge(earlier, truth, {}, "B").passed
    assert [
        cell.name for cell in judge([*earlier, Number({"Q4": 1}, 0, 2, "Q4"), year], truth, {}, "B").cells
    ] == ["Q4"]


def test_what_has_nothing_to_do_with_the_new_numbers_is_not_attacked_again() -> None:
    numbers = [Number({"old": 1}, 1, 1, "old"), Number({"new": 1}, 0, 7, "new")]
    truth = {"old": 1, "new": 1}
    assert not judge(numbers, truth, {}, "B").passed
    assert judge(numbers, truth, {}, "B", new=["new"]).passed


def test_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        judge([Number({"x": 1}, 3, 9, "x")], {"x": 1}, {}, "B")


def test_an_organisation_cannot_know_more_than_there_is() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        judge([Number({"x": 1}, 0, 7, "x")], {"x": 1}, {"clinic": {"x": 2}}, "B")


def test_no_answer_of_the_solver_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    late = OptimizeResult(status=1, x=None)
    monkeypatch.setattr("backend.statistics.disclosure.attacker.milp", lambda *_, **__: late)
    report = judge(list(weak()), COUNTS, {}, "B")
    assert {cell.learnt for cell in report.cells} == {"unsolved"}
