"""One unique case, planted: nothing published changes by it until its quarter locks, and nobody finds it afterwards."""

from typing import Any

import psycopg
import pytest

from backend.statistics.disclosure.attacker import Attacker
from backend.statistics.disclosure.system import system
from backend.statistics.releases import plan, published
from backend.statistics.releases.attacked import numbers_of, rules
from backend.statistics.releases.building import canonical
from backend.statistics.releases.cells import Atom
from backend.statistics.releases.models import Release
from backend.statistics.releases.reproducing import reproduce
from tests.api.client import Api, client_for
from tests.backend.statistics.releases.facts_by_hand import busy, case, fact, free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import released
from tests.world import Town, national

pytestmark = pytest.mark.database


def answers(office: Api, release: Release) -> list[bytes]:
    """Return what operations answer about a release to the Office, and about all to somebody who does not sign in."""
    at = f"/api/v1/releases/{release.pk}"
    said = [office.get(path) for path in (at, f"{at}/gate", f"{at}/manifest")]
    said.append(Api().get("/api/v1/public/releases"))
    assert {one.status for one in said} == {200}
    return [one.raw for one in said]


def unique(town: Town, quarter: str) -> list[dict[str, Any]]:
    """Return the facts of one new case as there is no other, and of its referral."""
    kinds = ("case_quarter", "case_half", "case_year")
    cases = [case(town.team, quarter, "new", kind=kind, age_group="lt25", sex="2") for kind in kinds]
    marks = ("requested", "answer_counts", "unmet_of", "decided", "decision_time", "accepted")
    asked = fact(
        "referral", quarter, *marks, team=town.team, service_group="LG", sector_to="education", days=3
    )
    return [*cases, asked, fact("national", quarter, "new", substance_group="5")]


def test_it_changes_no_byte_until_its_quarter_locks(admin: psycopg.Connection) -> None:
    year, town, office = free_year(), Town(), client_for(national("release_officer"))
    quarters = [f"{year}-Q{at}" for at in range(1, 5)]
    write(admin, [one for one in yearly(town.team, year) if one["quarter"] <= f"{year}-Q3"])
    lock(town.team, *quarters[:3])
    row = released(quarters[2])
    before = answers(office, row), published.of_team(town.team.pk)
    write(admin, unique(town, f"{year}-Q4"))
    assert (answers(office, row), published.of_team(town.team.pk)) == before
    assert reproduce(row.number or 0).differs == []
    lock(town.team, quarters[3])
    released(quarters[3])
    assert answers(office, row) == before[0]


def test_afterwards_nobody_finds_it(admin: psycopg.Connection) -> None:
    year, towns = free_year(), (Town(), Town(), Town())
    quarter = f"{year}-Q4"
    for town in towns:
        write(admin, yearly(town.team, year))
        lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    write(admin, unique(towns[0], quarter))
    made = [released(quarter), released(f"{year}-H2"), released(str(year)), released(str(year), "C")]
    numbers, atoms = [], set()
    for document in (row.document for row in made):
        for number, parts in numbers_of(document, plan.current()):
            numbers.append(number)
            atoms.update(parts)
    whole = system([*numbers, *rules(atoms, plan.current())])
    slug = towns[0].team.slug
    for table, column in (("referrals_by_service", "LG"), ("referrals_by_sector", "education")):
        target = Atom(table, quarter, slug, "", column, "requested").name
        attacker, sought = Attacker(whole), {whole.position[target]: 1}
        assert attacker.least(sought) == 0
        assert attacker.greatest(sought) >= 3


def test_a_release_is_the_same_when_it_is_made_again(admin: psycopg.Connection) -> None:
    year, town = free_year(), Town()
    write(admin, yearly(town.team, year))
    lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    for row in (released(str(year)), released(str(year), "C")):
        assert reproduce(row.number or 0).differs == []
        assert canonical(row.document) == canonical(Release.objects.get(pk=row.pk).document)
    write(admin, busy(town.team, f"{year}-Q2", people=9))
    assert "facts" in reproduce(row.number or 0).differs
    assert "document" in reproduce(row.number or 0).differs
