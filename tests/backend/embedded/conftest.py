"""A real cluster in a folder of its own, for tests that start, stop and kill it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded.cluster import Cluster

QUICK = {
    "fsync": "off",
    "shared_buffers": "1MB",
    "max_connections": "10",
    "io_method": "sync",
    "autovacuum": "off",
}
PASSWORD = "a password of the tests"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Made, not started; stopped at the end."""
    made = make(tmp_path)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Made and running, for all tests of a file that only look at it."""
    made = make(tmp_path_factory.mktemp("standing"))
    made.wait_ready(made.launch())
    yield made
    made.stop()


def make(folder: Path) -> Cluster:
    made = Cluster("test", folder / "data", folder / "log" / "test.log", QUICK)
    made.prepare(password=PASSWORD, sync=False)
    return made
