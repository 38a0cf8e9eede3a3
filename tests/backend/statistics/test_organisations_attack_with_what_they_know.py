"""Each organisation takes its own facts away and attacks what is left; what it learns carries its name."""

from backend.statistics.disclosure.gate import judge
from backend.statistics.disclosure.known import Number, equal, part, published
from backend.statistics.disclosure.masks import Shown

HIDDEN = Shown(None, "0-4")


def cells(**counts: Shown) -> list[Number]:
    return [published(name, [name], what, "B") for name, what in counts.items()]


def named(
    numbers: list[Number], truth: dict[str, int], own: dict[str, dict[str, int]]
) -> set[tuple[str, str | None]]:
    return {(cell.name, cell.organisation) for cell in judge(numbers, truth, own, "B").cells}


def test_who_holds_everything_learns_that_nobody_else_is_there() -> None:
    """Ten of theirs, shown as 7: at most ten in all."""
    assert named(cells(x=Shown(7)), {"x": 10}, {"clinic": {"x": 10}}) == {("x", "clinic")}


def test_who_holds_everything_learns_nothing_where_noise_went_up() -> None:
    assert named(cells(x=Shown(13)), {"x": 10}, {"clinic": {"x": 10}}) == set()


def test_each_organisation_is_judged_by_what_it_knows() -> None:
    own = {"clinic": {"x": 5}, "shelter": {"x": 1}, "office": {"x": 0}}
    assert named(cells(x=HIDDEN), {"x": 6}, own) == {("x", "clinic")}


def test_two_organisations_are_not_thought_to_put_their_knowledge_together() -> None:
    assert named(cells(x=HIDDEN), {"x": 6}, {"one": {"x": 3}, "other": {"x": 3}}) == set()


def test_knowledge_of_one_cell_tells_of_another_through_their_total() -> None:
    """At most seven in both, five of them known to be in the one: at most two are in the other."""
    numbers = [*cells(y=HIDDEN), published("both", ["x", "y"], HIDDEN, "B")]
    assert named(numbers, {"x": 5, "y": 1}, {}) == set()
    assert ("y", "clinic") in named(numbers, {"x": 5, "y": 1}, {"clinic": {"x": 5}})


def test_knowledge_in_one_table_tells_of_another_that_counts_the_same() -> None:
    numbers = [*cells(a=HIDDEN, b=Shown(9)), equal(["a"], ["c", "d"])]
    truth = {"a": 6, "b": 9, "c": 5, "d": 1}
    assert ("d", "clinic") in named(numbers, truth, {"clinic": {"c": 5, "a": 5}})


def test_knowledge_of_a_part_tells_of_the_whole() -> None:
    numbers = [*cells(all=HIDDEN, helped=HIDDEN), part(["helped"], ["all"])]
    truth = {"all": 6, "helped": 5}
    assert ("all", "clinic") in named(numbers, truth, {"clinic": {"all": 5, "helped": 5}})


def test_what_has_nothing_to_do_with_its_facts_is_no_target_of_an_organisation() -> None:
    numbers = cells(x=HIDDEN, elsewhere=HIDDEN)
    truth = {"x": 1, "elsewhere": 2}
    assert judge(numbers, truth, {}, "B").attacked == 2
    assert judge(numbers, truth, {"clinic": {"x": 1}}, "B").attacked == 3


def test_an_organisation_without_facts_attacks_nothing() -> None:
    assert judge(cells(x=HIDDEN), {"x": 1}, {"clinic": {}, "shelter": {"x": 0}}, "B").attacked == 1


def test_the_same_numbers_are_safe_before_the_office_and_not_before_everybody() -> None:
    numbers = cells(x=Shown(8))
    assert judge(numbers, {"x": 7}, {}, "B").passed
    assert [cell.learnt for cell in judge(numbers, {"x": 7}, {}, "C").cells] == ["present"]


def test_the_report_names_what_told_it() -> None:
    numbers = [*cells(x=HIDDEN), Number({"x": 1, "y": 1}, 0, 1, "both")]
    (cell, *_) = judge(numbers, {"x": 1, "y": 0}, {}, "B").cells
    assert cell.because == {"both"}
