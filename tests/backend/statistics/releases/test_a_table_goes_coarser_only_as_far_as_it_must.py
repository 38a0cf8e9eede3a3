"""The levels of a release: what fails goes from towns to groups to the country to nothing, and takes no more along."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from backend.statistics.releases import ladder, plan
from backend.statistics.releases.building import Tier
from backend.statistics.releases.cells import Scope, cells_of
from backend.statistics.releases.ladder import Failed, Levels, Step
from tests.backend.statistics.releases.drafts import TOWNS, scope

pytestmark = pytest.mark.pure
PLAN = plan.current()
KEPT = {"people", "gaps", "tests"}


def climbed(
    tier: Tier, fails: Mapping[str, set[str]], *, period: str = "2026", of: Scope | None = None
) -> tuple[Step, ...]:
    """Climb while tables fail at the levels named, whatever the numbers are."""
    chosen = of or scope(period)

    def attempt(levels: Levels) -> Step:
        failed = [name for name, level in levels.items() if level in fails.get(name, set())]
        return Step(levels, tuple(Failed(tier, period, name, "bor", "total", "new") for name in failed))

    first = {name: one for name, one in ladder.first_levels(PLAN, chosen, tier).items() if name in KEPT}
    return ladder.climb(first, attempt=attempt, plan=PLAN, scope=chosen, tier=tier)


def test_the_office_begins_with_towns_and_the_public_with_groups_of_them() -> None:
    levels = {tier: ladder.first_levels(PLAN, scope("2026"), tier) for tier in ("B", "C")}
    assert (levels["B"]["people"], levels["C"]["people"]) == ("team", "group")
    assert levels["B"]["tests"] == levels["C"]["tests"] == "national"


def test_a_table_of_years_is_in_no_quarter_and_one_of_the_country_waits_for_everybody() -> None:
    assert not {"tests", "age_sex", "prison"} & ladder.first_levels(PLAN, scope(), "B").keys()
    partly = replace(scope("2026"), complete=False)
    levels = ladder.first_levels(PLAN, partly, "B")
    assert not {"substances", "women_violence", "prison"} & levels.keys()
    assert {"people", "tests"} <= levels.keys()


def test_what_passes_at_once_is_tried_once() -> None:
    steps = climbed("B", {})
    assert len(steps) == 1
    assert ladder.passed(steps)


def test_only_what_fails_goes_up_in_a_release_for_the_office() -> None:
    steps = climbed("B", {"gaps": {"team"}})
    assert [step.levels["gaps"] for step in steps] == ["team", "group"]
    assert {step.levels["people"] for step in steps} == {"team"}


def test_the_tables_of_towns_of_a_public_release_go_up_together() -> None:
    steps = climbed("C", {"gaps": {"group"}})
    assert steps[-1].levels == {"people": "national", "gaps": "national", "tests": "national"}


def test_what_fails_for_the_country_is_left_out_and_the_rest_stays() -> None:
    steps = climbed("B", {"gaps": {"team", "group", "national"}})
    assert [step.levels["gaps"] for step in steps] == ["team", "group", "national", ""]
    assert (ladder.passed(steps), steps[-1].levels["people"]) == (True, "team")


def test_where_no_towns_are_grouped_the_country_comes_next() -> None:
    steps = climbed("B", {"gaps": {"team"}}, of=scope("2026", ("loznica", "sabac")))
    assert [step.levels["gaps"] for step in steps] == ["team", "national"]


def test_a_release_of_which_nothing_is_left_has_not_passed() -> None:
    everything = {name: {"team", "group", "national"} for name in KEPT}
    steps = climbed("B", everything)
    assert not any(steps[-1].levels.values())
    assert not ladder.passed(steps)


def test_a_failure_of_an_earlier_release_makes_those_coarser_that_count_the_same() -> None:
    chosen = scope("2026")
    levels = {"people": "team", "gaps": "team"}

    def attempt(tried: Levels) -> Step:
        earlier = Failed("B", "2026-Q3", "age_sex", "total", "1", "in_coordination")
        return Step(tried, () if tried["people"] != "team" else (earlier,))

    steps = ladder.climb(levels, attempt=attempt, plan=PLAN, scope=chosen, tier="B")
    assert steps[-1].levels == {"people": "group", "gaps": "team"}


def test_a_total_is_the_sum_of_every_town_at_each_level_and_of_what_has_no_column() -> None:
    table = PLAN.table("referrals_by_service")
    totals = {}
    for level in ("team", "group", "national"):
        cells = {(one.row, one.column): set(one.atoms) for one in cells_of(table, scope(), level)}
        totals[level] = cells["total", "total"]
    assert totals["team"] == totals["group"] == totals["national"]
    assert {atom.place for atom in totals["team"]} == {*TOWNS}
    assert "" in {atom.column for atom in totals["team"]}


def test_two_towns_that_are_one_place_are_counted_together() -> None:
    cells = {one.row: one for one in cells_of(PLAN.table("gaps"), scope(), "group") if one.column == "HR"}
    assert {atom.place for atom in cells["bor-majdanpek"].atoms} == {"bor", "majdanpek"}
    assert {atom.column for atom in cells["bor-majdanpek"].atoms} == {"HR"}


def test_cases_are_counted_anew_for_a_year_and_referrals_are_added_up() -> None:
    [people] = [one for one in cells_of(PLAN.table("people"), scope("2026"), "team")
                if (one.row, one.mark) == ("bor", "helped")]  # fmt: skip
    assert [atom.period for atom in people.atoms] == ["2026"]
    [gaps] = [one for one in cells_of(PLAN.table("gaps"), scope("2026"), "team")
              if (one.row, one.column) == ("bor", "TX")]  # fmt: skip
    assert [atom.period for atom in gaps.atoms] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
