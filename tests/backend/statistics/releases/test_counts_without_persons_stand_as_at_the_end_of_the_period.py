"""What changed after the period is not in its release, whenever that is made: services by their history."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from backend.directory.models import Service
from backend.statistics.indicators.directory import core
from backend.statistics.indicators.figures import figures
from backend.statistics.releases import directory_reading, periods
from backend.statistics.releases.cells import Scope
from backend.statistics.releases.reproducing import reproduce
from tests.backend.statistics.releases.facts_by_hand import free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import released
from tests.world import Town, by_hand

pytestmark = pytest.mark.database
CORE = list(core())


@pytest.fixture
def year() -> int:
    return free_year()


def added(admin: psycopg.Connection[Any], town: Town, *, on: str, code: str, **values: Any) -> Service:
    """A service of the town's centre, entered on a day long ago: its history says so."""
    with by_hand():
        town.centre.municipality_id = town.team.municipality_id
        town.centre.save()
        service = Service(organisation=town.centre, code=code, **values)
        service.save()
    with admin.transaction(), admin.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE directory_historicalservice SET history_date = %s WHERE id = %s", [on, service.pk]
        )
    return service


def told(town: Town, period: str) -> dict[tuple[str, str], Any]:
    scope = Scope(periods.parse(period), (town.team.slug,), {}, (), complete=True)
    return {
        (one["id"], one["row"]): one["value"] for one in directory_reading.counts(scope) if not one["column"]
    }


def test_a_service_counts_from_the_day_on_which_it_was_entered(admin: psycopg.Connection, year: int) -> None:
    town = Town()
    added(admin, town, on=f"{year}-05-03 12:00+00", code=CORE[0])
    slug = town.team.slug
    others = told(town, f"{year}-Q1")["A1p", slug]
    assert told(town, f"{year}-Q2")["A1p", slug] == others + 8


def test_what_is_changed_later_changes_nothing_of_before(admin: psycopg.Connection, year: int) -> None:
    town = Town()
    service = added(admin, town, on=f"{year}-02-03 12:00+00", code=CORE[1])
    before = told(town, f"{year}-Q1")
    with by_hand():
        service.is_active = False
        service.save()
    assert told(town, f"{year}-Q1") == before


def test_a_release_has_them_says_them_and_is_made_again_the_same(
    admin: psycopg.Connection, year: int
) -> None:
    town = Town()
    added(admin, town, on=f"{year}-02-03 12:00+00", code=CORE[2])
    write(admin, yearly(town.team, year))
    lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    row = released(f"{year}-Q1")
    assert list(reproduce(row.number or 0).differs) == []
    found = figures(row.document, number=row.number, sha256=row.sha256 or "", only="D1")
    late = {one.row: one.value for one in found}
    assert late[town.team.slug] == 0  # locked long after that year
    assert row.document["counts"]


def test_locks_are_counted_from_the_end_of_their_quarter(year: int) -> None:
    town = Town()
    lock(town.team, f"{year}-Q1")
    scope = Scope(periods.parse(f"{year}-Q1"), (town.team.slug,), {}, (), complete=True)
    ((slug, after),) = directory_reading.facts_of(scope).locked_after
    assert slug == town.team.slug
    assert after > timedelta(days=365)
