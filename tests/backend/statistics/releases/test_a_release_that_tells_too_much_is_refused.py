"""The gate on the way of a real release: what tells too much is withheld, then coarsened, at last refused by name."""

import json
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from backend.statistics.disclosure import known, masks
from backend.statistics.disclosure.masks import WITHHELD, Shown
from backend.statistics.releases import attacking, building, job, ladder, plan
from backend.statistics.releases.attacked import numbers_of, rules
from backend.statistics.releases.attacking import Contradiction, attack
from backend.statistics.releases.building import document
from backend.statistics.releases.cells import Atom, Scope
from backend.statistics.releases.ladder import Failed, Step
from backend.statistics.releases.models import Release
from tests.backend.statistics.releases.drafts import TOWNS, add, draft, scope
from tests.backend.statistics.releases.facts_by_hand import busy, case, free_year, lock, write
from tests.backend.statistics.releases.steps import built
from tests.world import Town

HELPED = Atom("people", "2026-Q3", "bor", "", "", "helped")


@pytest.fixture
def unmasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take mask and noise away from two tables: counts are shown as they are, and the attacker knows that they are."""

    def exact(what: Shown, _tier: str) -> tuple[int, float]:
        return (0, float("inf")) if what.mask == WITHHELD else (what.n or 0, what.n or 0)

    few = replace(
        plan.current(), tables=tuple(map(plan.current().table, ("people", "referrals_by_service"))), same=()
    )
    monkeypatch.setattr(plan, "current", lambda: few)
    monkeypatch.setattr(building.masks, "shown", lambda n, _key, _tier: Shown(n))
    monkeypatch.setattr(known, "bounds", exact)


@pytest.mark.database
def test_a_weak_release_is_refused_with_its_cells_named(admin: psycopg.Connection, unmasked: None) -> None:
    year, town = free_year(), Town()
    write(admin, busy(town.team, f"{year}-Q3", people=1))
    lock(town.team, f"{year}-Q3")
    row = built(f"{year}-Q3")
    assert (row.status, row.document, row.sha256, row.number) == ("refused", None, None, None)
    failed = [one for step in row.gate["steps"] for one in step["failed"]]
    assert {(one["table"], one["row"], one["column"], one["mark"]) for one in failed} >= {
        ("people", town.team.slug, "total", "in_coordination"),
        ("people", "total", "total", "in_coordination"),
        ("referrals_by_service", town.team.slug, "HR", "requested"),
    }
    assert {*failed[0]} == {"tier", "period", "table", "row", "column", "mark", "insider"}
    assert '"n"' not in json.dumps(row.gate), "no count leaves the gate"


def test_a_protected_release_passes_at_its_finest_level() -> None:
    ready = replace(draft(), levels={"people": "team"})
    found = attack(document(ready), earlier=(), counts=ready.counts, plan=ready.plan)
    assert found == attacking.Attacked(frozenset(), ())


def test_what_an_organisation_could_find_out_is_withheld() -> None:
    """It knows all twenty people; seventeen are published, so it would learn that there is nobody else."""
    ready = replace(draft(people=0), levels={"people": "team"})
    everybody = HELPED._replace(mark="in_coordination")
    add(ready.counts, everybody, 20, key=0)
    ready.counts.add_own("centre", everybody, 20)
    assert masks.shown(20, 0, "B") == Shown(17)
    found = attack(document(ready), earlier=(), counts=ready.counts, plan=ready.plan)
    assert found.failed == ()
    assert "B|2026-Q3|people|bor|total|in_coordination" in found.withheld
    ready.counts.own.clear()
    assert attack(document(ready), earlier=(), counts=ready.counts, plan=ready.plan).withheld == frozenset()


def test_facts_that_break_a_rule_are_refused_before_anything_is_shown() -> None:
    ready = draft(people=0)
    add(ready.counts, HELPED, 30)
    with pytest.raises(Contradiction):
        attack(document(ready), earlier=(), counts=ready.counts, plan=ready.plan)


@pytest.mark.database
def test_such_facts_leave_a_refused_release(admin: psycopg.Connection) -> None:
    year, town = free_year(), Town()
    quarter = f"{year}-Q1"
    write(admin, [{**case(town.team, quarter), "marks": ["helped"]} for _ in range(30)])
    lock(town.team, quarter)
    row = built(quarter)
    assert (row.status, row.gate["reason"]) == ("refused", job.CONTRADICTION)
    assert Release.objects.get(pk=row.pk).manifest["levels"] == {}


def climbed(fails: Any, *, tier: Any = "B", of: Scope | None = None) -> tuple[Step, ...]:
    ready = draft(tier, period="2026", of=of or scope("2026"))

    def attempt(levels: ladder.Levels) -> Step:
        return Step(levels, tuple(Failed(tier, "2026", one, "", "", "") for one in fails(levels)))

    return ladder.climb(ready.levels, attempt=attempt, plan=ready.plan, scope=ready.scope, tier=tier)


def test_a_table_that_fails_goes_from_towns_to_groups_to_the_country_and_out() -> None:
    steps = climbed(lambda levels: ["people"] if levels["people"] else [])
    assert [step.levels["people"] for step in steps] == ["team", "group", "national", ""]
    assert {step.levels["gaps"] for step in steps} == {"team"}
    assert ladder.passed(steps)


def test_where_no_towns_are_joined_the_country_is_next() -> None:
    apart = replace(scope("2026"), groups={one: (one,) for one in TOWNS})
    steps = climbed(lambda levels: ["people"] if levels["people"] != "national" else [], of=apart)
    assert [step.levels["people"] for step in steps] == ["team", "national"]


def test_a_public_release_has_one_geography() -> None:
    steps = climbed(lambda levels: ["people"] if levels["people"] == "group" else [], tier="C")
    assert {steps[0].levels[one] for one in ("people", "gaps", "first_contact")} == {"group"}
    assert {steps[1].levels[one] for one in ("people", "gaps", "first_contact")} == {"national"}


def test_of_a_release_that_fails_everywhere_nothing_is_left() -> None:
    steps = climbed(lambda levels: [name for name, level in levels.items() if level])
    assert not any(steps[-1].levels.values())
    assert not ladder.passed(steps)


def test_a_failing_cell_of_an_earlier_release_coarsens_what_counts_the_same() -> None:
    steps = climbed(lambda levels: ["nowhere"] if levels["people"] == "team" else [])
    assert steps[1].levels["people"] == "group"
    assert steps[1].levels["women_violence"] == ""


def test_quarters_year_and_parts_are_known_to_the_attacker() -> None:
    quarter, year = draft(), draft("C", period="2026")
    atoms = {
        atom for one in (quarter, year) for _, parts in numbers_of(document(one), one.plan) for atom in parts
    }
    said = [dict(one.atoms) for one in rules(atoms, quarter.plan)]
    longer = HELPED._replace(period="2026")
    assert {longer.name: 1, HELPED.name: -1} in said
    assert {HELPED._replace(mark="in_coordination").name: 1, HELPED.name: -1} in said
    sectors = {one for rule in said for one in rule if one.startswith("referrals_by_sector|2026-Q3|bor|")}
    assert len(sectors) == 9, "eight sectors, and those of confidential services"
