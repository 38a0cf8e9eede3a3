"""Numbers of a new release are withheld until the attacker fails: those that tell most, and none of an earlier one."""

from math import inf

from backend.statistics.disclosure.known import Number, published
from backend.statistics.disclosure.masks import Shown
from backend.statistics.disclosure.withholding import withhold

TRUTH = {"a": 6, "b": 30, "c": 20}
MASKED = published("a", ["a"], Shown(None, "0-4"), "B")
NUMBERS = [MASKED, published("b", ["b"], Shown(31), "B"), published("all", ["a", "b", "c"], Shown(56), "B")]
CLINIC = {"clinic": {"a": 5}}


def test_nothing_is_withheld_where_nothing_is_learnt() -> None:
    outcome = withhold(NUMBERS, TRUTH, {}, "B", free={"a", "b", "all"})
    assert outcome.report.passed
    assert outcome.withheld == frozenset()
    assert outcome.numbers == NUMBERS


def test_the_number_that_tells_most_goes_first() -> None:
    outcome = withhold(NUMBERS, TRUTH, CLINIC, "B", free={"a", "b", "all"})
    assert outcome.report.passed
    assert outcome.withheld == {"a"}
    assert (outcome.numbers[0].low, outcome.numbers[0].high) == (0, inf)
    assert list(outcome.numbers[1:]) == NUMBERS[1:]


def test_a_total_goes_where_the_total_tells() -> None:
    """Seven at most in all, five of them known: the cells are not to blame."""
    truth = {"a": 5, "b": 1}
    numbers = [MASKED, published("b", ["b"], Shown(None, "0-4"), "B"), Number({"a": 1, "b": 1}, 0, 7, "all")]
    outcome = withhold(numbers, truth, {"clinic": {"a": 4, "b": 1}}, "B", free={"a", "b", "all"})
    assert outcome.report.passed
    assert "all" in outcome.withheld
    assert "b" not in outcome.withheld


def test_an_earlier_release_cannot_be_taken_back() -> None:
    outcome = withhold(NUMBERS, TRUTH, CLINIC, "B", free={"b", "all"})
    assert not outcome.report.passed
    assert [cell.name for cell in outcome.report.cells] == ["a"]


def test_the_report_counts_the_whole_attack() -> None:
    outcome = withhold(NUMBERS, TRUTH, CLINIC, "B", free={"a", "b", "all"})
    assert outcome.report.attacked == 1
    assert outcome.report.solved > 0
