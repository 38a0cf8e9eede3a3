"""Each town of the demo tallies and locks its last quarter, and the Office publishes it; once is all."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import transaction

from backend import asker
from backend.demo.accounts import towns
from backend.demo.build import cast_of
from backend.demo.management.commands import demo
from backend.demo.past import ITEMS, last_quarter, tell_past, year_before
from backend.demo.releases import publish
from backend.statistics.models import QuarterLock, Release, ServiceTally
from backend.statistics.quarters import today
from backend.teams.models import Team
from tests.backend.demo.conftest import Said, run

pytestmark = pytest.mark.xdist_group("demo")
MONTHS = 3


def tell(*slugs: str) -> int:
    quarters = last_quarter(today())
    with asker.working_as(asker.DEMO):
        teams = Team.objects.filter(slug__in=slugs)
        return sum(tell_past(cast_of(team.slug, team), quarters, seed=1) for team in teams)


def test_a_town_tallies_and_locks_its_last_quarter_once(
    seeded: Said, demo_admin: psycopg.Connection[Any]
) -> None:
    team = Team.objects.get(slug="bor")
    assert tell("bor") == 1 + MONTHS * len(ITEMS)
    assert tell("bor") == 0
    lock = QuarterLock.objects.get(team=team)
    assert lock.quarter == str(last_quarter(today())[0])
    amounts = ServiceTally.objects.filter(team=team).values_list("item", "amount")
    assert {item for item, _ in amounts} == set(ITEMS)
    rows = demo_admin.execute(
        "SELECT kind, sum(amount) FROM statistics.fact WHERE team_id = %s GROUP BY 1", [team.pk]
    )
    found = dict(rows.fetchall())
    assert found["tally"] == sum(amount for _, amount in amounts)


@pytest.mark.full
def test_the_office_publishes_the_last_quarter_of_all_towns_once(seeded: Said) -> None:
    tell(*towns())
    quarter = str(last_quarter(today())[0])
    with asker.working_as(asker.DEMO):
        assert [publish("B", quarter), publish("B", quarter)] == [1, 0]
    with asker.working_as(asker.RELEASES), transaction.atomic():
        released = Release.objects.get(tier="B", period=quarter)
    assert released.number == 1
    assert released.prepared_by != released.approved_by
    assert {one["id"] for one in released.document["tallies"]} == set(ITEMS)
    assert set(released.document["scope"]["teams"]) == set(towns())


def test_its_quarters_are_those_that_are_over() -> None:
    assert [str(one) for one in last_quarter(date(2026, 1, 5))] == ["2025-Q4"]
    assert [str(one) for one in year_before(date(2026, 1, 5))] == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]


def test_the_command_publishes_the_year_before_for_everybody(
    seeded: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(
        demo, "tell_past", lambda cast, quarters, *, seed: told.append((cast.slug, len(quarters))) or 0
    )
    monkeypatch.setattr(demo, "publish", lambda tier, period: told.append((tier, period)) or 1)
    year = today().year - 1
    assert f"the release of {year}" in run("demo", "publish").err
    assert told == [*((slug, 4) for slug in sorted(towns())), ("C", str(year))]
