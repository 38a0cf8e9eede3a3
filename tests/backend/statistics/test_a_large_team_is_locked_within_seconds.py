"""A lock reads the cases of a team together: as many queries for some hundred cases as for one."""

import time
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from backend.cases.opening import FactsInput, open_case
from backend.statistics import quarters
from backend.statistics.facts import reading
from backend.statistics.periods import Quarter
from tests.backend.referrals.loops import CLASSES, ITEMS, NEED, consent_to
from tests.world import Town, actor

pytestmark = pytest.mark.database
NOW = Quarter.of(quarters.today())


def filled(cases: int) -> Town:
    town = Town()
    for _ in range(cases):
        open_case(
            actor(town.social_worker),
            team=town.team,
            organisation=town.centre,
            consent=consent_to(town.clinic, classes=CLASSES),
            facts=FactsInput(items=ITEMS, needs=[NEED]),
        )
    return town


def queries(town: Town) -> dict[str, int]:
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        quarters.lock_quarter(actor(town.coordinator), team=town.team, quarter=str(NOW))
    return {"main": len(main), "keys": len(keys)}


@pytest.fixture(autouse=True)
def over(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarters, "today", lambda: date(NOW.year + 1, 6, 1))


def test_more_cases_take_no_more_queries() -> None:
    queries(filled(1))  # what is put into words once
    assert queries(filled(2)) == queries(filled(12))


def test_a_chunk_takes_its_queries_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = queries(filled(6))
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    parts = queries(filled(6))
    assert parts["keys"] == 3 * whole["keys"]
    assert parts["main"] == whole["main"] + 2 * 4


@pytest.mark.full
def test_two_thousand_cases_take_seconds() -> None:
    town = filled(2000)
    began = time.process_time()
    row = quarters.lock_quarter(actor(town.coordinator), team=town.team, quarter=str(NOW))
    assert row.facts >= 3 * 2000
    assert time.process_time() - began < 60
