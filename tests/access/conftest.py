"""The world of the matrix, built once for each worker, with limits that do not stand in the way of counting."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from tests.access.runner import Runner
from tests.access.world import World
from tests.databases import Clones

# Which wall is switched off in this run: nothing, `one` (Python) or `two` (the database). See scripts/tests.
WALL_OFF = os.environ.get("SPONA_TEST_WALL_OFF", "")


@pytest.fixture
def unlimited() -> Iterator[None]:
    """No caller reaches a limit: the matrix asks more in a second than a person in a day."""
    before = settings.SPONA_RATES
    settings.SPONA_RATES = dict.fromkeys(before, "9000000/min")
    yield
    settings.SPONA_RATES = before


@pytest.fixture(scope="session")
def towns(database: Clones) -> Iterator[Runner]:
    with psycopg.connect(database.main.superuser_url, autocommit=True) as admin:
        yield Runner(World(admin), off=WALL_OFF)


@pytest.fixture
def runner(towns: Runner, unlimited: None) -> Runner:
    """The runner with the world that all checks of a worker share: whatever they do, they leave it as it was."""
    return towns
