"""The world of the matrix, built once for each worker, with limits that do not stand in the way of counting."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from tests.access.runner import BOTH, ONE, TWO, Runner
from tests.access.world import World
from tests.databases import Clones
from tests.sealed import sealer_of

# Which wall is switched off in this run, as scripts/tests says: none, the first (Python) or the second (the database).
WALLS = {ONE: os.environ.get("SPONA_TEST_WALL_ONE"), TWO: os.environ.get("SPONA_TEST_WALL_TWO")}
WALL_OFF = next((wall for wall, said in WALLS.items() if said == "off"), BOTH)
BYPASSES = "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many requests the matrix made in this run, and how many leaks it found."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ())]
    said = [(name, count) for one in reports if one.when == "call" for name, count in one.user_properties]
    made, leaks = (sum(count for name, count in said if name == wanted) for wanted in ("made", "leaks"))
    terminalreporter.write_line(f"The access matrix: {made:,} requests, {leaks} leaks")


@pytest.fixture
def unlimited() -> Iterator[None]:
    """No caller reaches a limit: the matrix asks more in a second than a person in a day."""
    before = settings.SPONA_RATES
    settings.SPONA_RATES = dict.fromkeys(before, "9000000/min")
    yield
    settings.SPONA_RATES = before


@pytest.fixture(scope="session")
def towns(database: Clones) -> Iterator[Runner]:
    with database.main.by_hand() as admin:
        assert (WALL_OFF == ONE) == settings.SPONA_WALL_ONE_OFF
        with connection.cursor() as cursor:
            cursor.execute(BYPASSES)
            assert cursor.fetchone() == (WALL_OFF == TWO,)
        with sealer_of(database.main):
            world = World(admin)
        yield Runner(world, off=WALL_OFF)


@pytest.fixture
def runner(towns: Runner, unlimited: None) -> Runner:
    """The runner with the world that all checks of a worker share: whatever they do, they leave it as it was."""
    return towns
