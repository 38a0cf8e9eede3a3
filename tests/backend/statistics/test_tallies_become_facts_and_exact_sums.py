"""At the lock the months of a quarter become facts without a person; a release shows their exact sums."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction

from backend import asker
from backend.errors import Conflict
from backend.reference.lists import codes
from backend.statistics import quarters, tallies, tally_facts
from backend.statistics.models import QuarterLock
from backend.statistics.periods import Quarter
from tests.backend.statistics.tallying import exchange, month, recorded
from tests.world import Town, actor

pytestmark = pytest.mark.database
# In the last quarter that is over, three months by their distance from this one.
LAST = next(Quarter.of(month()).before(1))
MONTHS = sorted(month(ago) for ago in range(1, 6) if Quarter.of(month(ago)) == LAST)


def lock(town: Town) -> QuarterLock:
    return quarters.lock_quarter(actor(town.coordinator), team=town.team, quarter=str(LAST))


def facts(admin: psycopg.Connection[Any], town: Town) -> list[tuple[Any, ...]]:
    text = """
        SELECT quarter, organisation_to, service_group, service_code, row_code, amount FROM statistics.fact
        WHERE kind = 'tally' AND team_id = %s ORDER BY row_code, amount
    """
    return admin.execute(text, [town.team.pk]).fetchall()


def sums(*towns: Town) -> list[tuple[str, str, int]]:
    found = tally_facts.in_release([str(LAST)], teams={town.team.pk: town.team.slug for town in towns})
    return [(one["id"], one["row"], one["value"]) for one in found]


def test_the_months_of_a_quarter_are_one_fact_for_each_item(admin: psycopg.Connection[Any]) -> None:
    town = Town()
    service = exchange(town)
    for number, day in enumerate(MONTHS, start=1):
        recorded(town, service, month=day, amount=100 * number)
    recorded(town, service, month=MONTHS[0], item="syringes_back", amount=7)
    recorded(town, service, month=MONTHS[1], item="syringes_back", amount=0)
    recorded(town, service, month=month(0), amount=5000)
    row = lock(town)
    society = town.society.pk
    assert facts(admin, town) == [
        (str(LAST), society, "HR", "HR-NSP", "syringes_back", 7),
        (str(LAST), society, "HR", "HR-NSP", "syringes_out", 600),
    ]
    assert row.facts == 2


def test_a_release_shows_exact_sums_of_a_team_and_of_all_in_its_scope() -> None:
    one, other, outside = Town(), Town(), Town()
    for town, amount in ((one, 3), (other, 40), (outside, 500)):
        recorded(town, exchange(town), month=MONTHS[0], amount=amount)
        lock(town)
    assert sums(one, other) == [
        ("syringes_out", "national", 43),
        *sorted(
            (("syringes_out", one.team.slug, 3), ("syringes_out", other.team.slug, 40)), key=lambda it: it[1]
        ),
    ]
    assert sums(one) == [("syringes_out", "national", 3), ("syringes_out", one.team.slug, 3)]


def test_what_is_not_locked_is_not_in_a_release() -> None:
    town = Town()
    recorded(town, exchange(town), month=MONTHS[0])
    assert sums(town) == []


def test_a_confidential_service_is_not_named(
    admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town()
    recorded(town, exchange(town), month=MONTHS[0])
    found = next(one for one in codes("services").values() if one.is_yes("confidential"))
    monkeypatch.setattr(tally_facts, "entry", lambda _list, _code: found)
    lock(town)
    assert facts(admin, town) == [(str(LAST), town.society.pk, "", "", "syringes_out", 100)]
    assert sums(town) == [("syringes_out", "national", 100)], "in the country alone"


def test_nobody_but_the_job_reads_the_sums(admin: psycopg.Connection[Any]) -> None:
    town = Town()
    recorded(town, exchange(town), month=MONTHS[0])
    lock(town)
    with transaction.atomic(), asker.working_as(asker.IMPORTS), connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL ROLE spona_stats")
        cursor.execute("SELECT count(*) FROM statistics.fact WHERE team_id = %s", [town.team.pk])
        assert cursor.fetchone() == (0,)
        cursor.execute("RESET ROLE")


def test_whatever_wins_no_recorded_amount_is_lost(admin: psycopg.Connection[Any]) -> None:
    town = Town()
    service, by = exchange(town), actor(town.outreach)
    by_chair = actor(town.coordinator)

    def record(number: int) -> int:
        try:
            with transaction.atomic():
                tallies.record_tally(
                    by, service=service, team=town.team, month=MONTHS[number], item="syringes_out", amount=10
                )
        except Conflict:
            return 0
        finally:
            connections.close_all()
        return 10

    def close(_number: int) -> int:
        try:
            quarters.lock_quarter(by_chair, team=town.team, quarter=str(LAST))
        finally:
            connections.close_all()
        return 0

    with ThreadPoolExecutor(4) as pool:
        done = [
            pool.submit(work, number) for work, number in ((record, 0), (record, 1), (close, 0), (record, 2))
        ]
        told = sum(one.result() for one in done)
    assert sum(row[-1] for row in facts(admin, town)) == told
