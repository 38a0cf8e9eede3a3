"""Same facts, same bytes: asking a thousand times averages nothing away; and nothing weaker than the masks is in it."""

from dataclasses import replace

import pytest

from backend.statistics.disclosure import masks
from backend.statistics.indicators.kaplan_meier import Wait
from backend.statistics.releases.building import LEAST_DENOMINATOR, canonical, document
from backend.statistics.releases.cells import Atom, Cell, name_of, scope_of
from backend.statistics.releases.counts import Count, Counts
from tests.backend.statistics.releases.drafts import add, draft, scope

WAITED = Atom("first_contact", "2026-Q3", "bor", "", "", "waited")


def cell(made: dict, table: str, row: str, mark: str, column: str = "total") -> dict:
    cells = next(one for one in made["tables"] if one["id"] == table)["cells"]
    return next(one for one in cells if (one["row"], one["column"], one["mark"]) == (row, column, mark))


def test_a_thousand_repeats_give_one_answer() -> None:
    whole = draft()
    only = replace(whole, levels={"people": "team"})
    assert len({canonical(document(only)) for _ in range(1000)}) == 1
    assert canonical(document(whole)) == canonical(document(draft()))


def test_a_total_has_the_noise_of_its_own_facts() -> None:
    made = document(draft(people=400))
    towns = [
        cell(made, "people", town, "in_coordination")["n"]
        for town in ("bor", "majdanpek", "loznica", "sabac")
    ]
    whole = cell(made, "people", "total", "in_coordination")["n"]
    assert abs(whole - sum(towns)) <= 15
    several = [document(draft(people=400, seed=seed)) for seed in range(8)]
    assert any(
        cell(one, "people", "total", "in_coordination")["n"]
        != sum(cell(one, "people", town, "in_coordination")["n"] for town in one["scope"]["teams"])
        for one in several
    )


@pytest.mark.parametrize(("tier", "least", "mask"), [("B", 5, "0-4"), ("C", 10, "<10")])
def test_no_small_number_is_shown(tier: str, least: int, mask: str) -> None:
    made = document(draft(tier, period="2026", people=25))  # type: ignore[arg-type]
    shown = [one for table in made["tables"] for one in table["cells"]]
    assert {one["mask"] for one in shown} == {"", mask}
    assert all(one["n"] is None or one["n"] >= least for one in shown)
    assert tier == "B" or all(one["n"] is None or one["n"] % 5 == 0 for one in shown)


@pytest.mark.parametrize("tier", ["B", "C"])
def test_a_share_stands_over_a_large_protected_denominator_only(tier: str) -> None:
    of = scope("2026")
    counts = Counts()
    for place, n in (("bor", 200), ("loznica", 60), ("majdanpek", 15)):
        for quarter in ("Q1", "Q2"):
            for mark, part in (("answer_counts", n), ("accepted", n // 2)):
                add(counts, Atom("referral_results", f"2026-{quarter}", place, "", "", mark), part)
    made = document(replace(draft(tier, of=of), counts=counts))  # type: ignore[arg-type]
    found = [one for one in made["rates"] if one["id"] == "P2"]
    assert {one["row"] for one in found} >= {"loznica", "total"}
    assert all(one["denominator"] >= LEAST_DENOMINATOR[tier] for one in found)
    assert all(0 <= one["value"] <= 100 for one in found)


def test_a_median_stands_where_ten_waited_and_is_whole_days() -> None:
    plenty, few = draft(), draft()
    for one, n in ((plenty, 21), (few, 9)):
        one.counts.all[WAITED] = Count(n, 2000)
        for days in range(n):
            one.counts.add_waits(WAITED, Wait(days), 1)
    (enough,) = [one for one in document(plenty)["medians"] if (one["id"], one["row"]) == ("P1", "bor")]
    (too_few,) = [one for one in document(few)["medians"] if (one["id"], one["row"]) == ("P1", "bor")]
    assert enough["value"] == 10
    assert too_few["value"] is None


@pytest.mark.parametrize(("n", "stands"), [(12, False), (13, True)])
def test_whether_a_median_stands_goes_by_the_shown_number_alone(n: int, stands: bool) -> None:
    made, key = draft(), 0
    while masks.shown(10, key, "B").n != n:
        key += 1
    made.counts.all[WAITED] = Count(10, key)
    made.counts.add_waits(WAITED, Wait(4), 1)
    (found,) = [one for one in document(made)["medians"] if (one["id"], one["row"]) == ("P1", "bor")]
    assert (found["n"], found["value"] is not None) == (n, stands)


def test_whoever_waits_when_the_period_is_over_counts_in_its_median() -> None:
    half = draft(period="2026-H2")
    ended = WAITED._replace(period="2026-Q4")
    half.counts.all[ended] = Count(30, 2000)
    half.counts.add_waits(ended, Wait(2), 12)
    for quarter, days in (("2026-Q3", 0), ("2026-Q4", 40)):
        still = WAITED._replace(period=quarter, mark="waiting_still")
        half.counts.add_waits(still, Wait(days, censored=True), 6)
    found = [one for one in document(half)["medians"] if (one["id"], one["row"]) == ("P1", "bor")]
    assert [one["value"] for one in found] == [2]
    half.counts.add_waits(ended._replace(mark="waiting_still"), Wait(40, censored=True), 12)
    (found,) = [one for one in document(half)["medians"] if (one["id"], one["row"]) == ("P1", "bor")]
    assert found["value"] is None


def test_a_withheld_number_is_in_no_share_and_says_so() -> None:
    whole = draft()
    taken = Cell("bor", "total", "in_coordination", ())
    made = document(replace(whole, withheld=frozenset({name_of("B", "2026-Q3", "people", taken)})))
    assert cell(made, "people", "bor", "in_coordination") == {
        "row": "bor", "column": "total", "mark": "in_coordination", "n": None, "mask": "withheld"
    }  # fmt: skip


def test_the_document_says_its_own_scope_and_what_is_missing() -> None:
    whole = draft(period="2026", of=replace(scope("2026"), complete=False))
    made = document(replace(whole, levels={**whole.levels, "gaps": ""}))
    assert scope_of(made) == whole.scope
    assert {"table": "gaps", "note": "withheld"} in made["notes"]
    assert {"table": "women_violence", "note": "incomplete"} in made["notes"]
    assert {one["id"] for one in made["tables"]} & {"gaps", "women_violence", "prison"} == set()


def test_nothing_of_women_prison_or_age_is_below_nation_and_year() -> None:
    for period in ("2026-Q3", "2026-H1"):
        ids = {one["id"] for one in document(draft(period=period))["tables"]}
        assert ids & {"women_violence", "prison", "age_sex", "substances", "tests"} == set()
    for one in document(draft(period="2026"))["tables"]:
        if one["id"] in {"women_violence", "prison", "age_sex", "substances", "tests"}:
            assert one["level"] == {"geography": "national", "period": "year"}
