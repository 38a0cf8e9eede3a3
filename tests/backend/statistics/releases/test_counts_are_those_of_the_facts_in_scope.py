"""What is counted: the facts of the quarters and teams in scope, by codes that the dimension has, with their keys."""

import psycopg
import pytest

from backend.statistics.indicators.kaplan_meier import Wait
from backend.statistics.releases import periods, plan, scoping
from backend.statistics.releases.cells import Atom, Cell, Scope, cells_of
from backend.statistics.releases.counts import Count, Counts
from backend.statistics.releases.gathering import facts_digest, gather
from backend.statistics.releases.job import apart
from backend.teams.models import Team
from tests.backend.statistics.releases.drafts import GROUPS, scope
from tests.backend.statistics.releases.facts_by_hand import fact, free_year, lock, write
from tests.world import Town

pytestmark = pytest.mark.database


@pytest.fixture
def towns() -> tuple[Team, Team]:
    return Town().team, Town().team


def of(period: str, *teams: Team) -> Scope:
    slugs = tuple(sorted(team.slug for team in teams))
    return Scope(periods.parse(period), slugs, scoping.groups_of(slugs))


def test_a_count_and_its_keys_are_those_of_its_own_facts(
    admin: psycopg.Connection, towns: tuple[Team, Team]
) -> None:
    here, elsewhere = towns
    quarter = f"{free_year()}-Q2"
    facts = [
        fact(
            "referral",
            quarter,
            "requested",
            "waited",
            team=here,
            service_group=group,
            days=days,
            organisation_from=here.pk,
        )
        for group, days in (("HR", 3), ("HR", 3), ("HR", 9), ("", 1), ("not-a-group", 1))
    ]
    others = [
        fact("referral", quarter, "requested", team=elsewhere, service_group="HR"),
        fact("referral", quarter.replace("Q2", "Q3"), "requested", team=here, service_group="HR"),
        fact("gap", quarter, "gap", team=here, service_group="HR"),
    ]
    waiting = fact("referral", quarter, "waiting_still", team=here, days=30, censored=True)
    write(admin, [*facts, *others, waiting])
    counts = gather(plan.current(), [of(quarter, here)])
    at = Atom("referrals_by_service", quarter, here.slug, "", "HR", "requested")
    keys = [one["record_key"] for one in facts]
    assert counts.all[at] == Count(3, sum(keys[:3]) % 4096)
    assert counts.all[at._replace(column="")] == Count(2, sum(keys[3:]) % 4096)
    assert counts.own[str(here.pk)][at] == 3
    assert not any(atom.place == elsewhere.slug for atom in counts.all)
    waited = Atom("first_contact", quarter, here.slug, "", "", "waited")
    assert sorted(counts.waits_of([waited])) == [Wait(1), Wait(1), Wait(3), Wait(3), Wait(9)]
    still = [waited._replace(mark="waiting_still")]
    assert list(counts.waits_of(still)) == [Wait(30, censored=True)]
    assert not any(atom.mark == "waiting_still" for atom in counts.all)


def test_a_case_counts_once_in_each_kind_of_period(
    admin: psycopg.Connection, towns: tuple[Team, Team]
) -> None:
    here, _ = towns
    year = free_year()
    for kind, quarter in (
        ("case_quarter", "Q1"),
        ("case_quarter", "Q2"),
        ("case_half", "Q1"),
        ("case_year", "Q1"),
    ):
        write(admin, [fact(kind, f"{year}-{quarter}", "in_coordination", team=here)])
    counts = gather(plan.current(), [of(period, here) for period in (f"{year}-Q2", f"{year}-H1", str(year))])
    found = {atom.period: n for atom, (n, _) in counts.all.items() if atom.table == "people"}
    assert found == {f"{year}-Q2": 1, f"{year}-H1": 1, str(year): 1}


def test_national_facts_are_counted_for_the_year_without_a_team(
    admin: psycopg.Connection, towns: tuple[Team, Team]
) -> None:
    here, _ = towns
    year = free_year()
    write(admin, [fact("national", f"{year}-Q{at}", "new", substance_group="3") for at in (1, 4)])
    counts = gather(plan.current(), [of(str(year), here)])
    assert counts.all[Atom("substances", str(year), "nation", "", "3", "new")].n == 2


def test_the_digest_goes_by_every_fact_in_scope(admin: psycopg.Connection, towns: tuple[Team, Team]) -> None:
    here, elsewhere = towns
    quarter = f"{free_year()}-Q1"
    write(admin, [fact("gap", quarter, "gap", team=here)])
    before = facts_digest(of(quarter, here))
    write(admin, [fact("gap", quarter, "gap", team=elsewhere)])
    assert facts_digest(of(quarter, here)) == before
    write(admin, [fact("gap", quarter, "gap", team=here)])
    assert facts_digest(of(quarter, here)) != before


def test_a_team_is_in_scope_once_it_has_locked_every_quarter(towns: tuple[Team, Team]) -> None:
    whole, half = towns
    year, third = free_year(), Town().team
    lock(third, f"{year}-Q1", f"{year}-Q2")
    lock(whole, *(f"{year}-Q{at}" for at in range(1, 5)))
    lock(half, f"{year}-Q1", f"{year}-Q2")

    def found(period: str) -> Scope:
        asked = periods.parse(period)
        return scoping.scope_of(asked, scoping.locks_of(asked))

    assert set(found(f"{year}-H1").teams) == {whole.slug, half.slug, third.slug}
    assert found(str(year)).teams == (whole.slug,)
    assert half.slug in found(str(year)).not_included
    assert (found(f"{year}-H1").complete, found(str(year)).complete) == (True, False)


def test_two_towns_are_no_country(towns: tuple[Team, Team]) -> None:
    quarter = f"{free_year()}-Q1"
    for town in towns:
        lock(town, quarter)
    asked = periods.parse(quarter)
    assert not scoping.scope_of(asked, scoping.locks_of(asked)).complete


def test_bor_and_majdanpek_are_one_place_unless_both_are_large() -> None:
    assert scoping.groups_of(("bor", "loznica", "majdanpek")) == {
        "bor-majdanpek": ("bor", "majdanpek"),
        "loznica": ("loznica",),
    }
    year, counts = scope("2026"), Counts()
    people = Atom("people", "2026", "bor", "", "", "in_coordination")
    for town, n in (("bor", 80), ("majdanpek", 40), ("loznica", 5), ("sabac", 9)):
        counts.add(people._replace(place=town), Count(n, 2000))
    assert apart(year, counts) == GROUPS
    counts.add(people._replace(place="majdanpek"), Count(30, 0))
    assert apart(year, counts) == {one: (one,) for one in ("bor", "majdanpek", "loznica", "sabac")}


def test_the_cells_of_a_table_add_up_to_its_totals() -> None:
    year = scope("2026")
    for table in plan.current().tables:
        cells = list(cells_of(table, year, table.geography))
        whole = {atom for one in cells if (one.row, one.column) == ("total", "total") for atom in one.atoms}
        assert {atom for one in cells for atom in one.atoms} <= whole
        assert len({Cell(one.row, one.column, one.mark, ()) for one in cells}) == len(cells)
