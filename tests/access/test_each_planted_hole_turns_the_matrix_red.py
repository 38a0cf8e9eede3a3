"""A matrix that finds nothing proves nothing. Each careless change in `holes.py` must be found, and for what it is."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.access.checks import Check, everything
from tests.access.holes import HOLES, Hole
from tests.access.runner import Runner
from tests.access.world import World
from tests.databases import Clones

pytestmark = pytest.mark.database
EVERY = everything()


@pytest.fixture(scope="module")
def spoiled(database: Clones) -> Iterator[World]:
    """Towns of this file's own: an open hole lets requests change what they should not."""
    with psycopg.connect(database.main.superuser_url, autocommit=True) as admin:
        yield World(admin)


def where(hole: Hole) -> list[Check]:
    """Return the part of the matrix that looks there."""
    return [
        check
        for check in EVERY
        if check.operation.name in hole.operations
        and check.caller in hole.callers
        and check.channel in hole.channels
    ]


@pytest.mark.parametrize("hole", HOLES, ids=[hole.name for hole in HOLES])
def test_the_hole_is_found(
    spoiled: World, unlimited: None, monkeypatch: pytest.MonkeyPatch, hole: Hole
) -> None:
    assert Runner(spoiled).run(where(hole)) == []
    hole.open(monkeypatch)
    found = [str(one) for one in Runner(spoiled).run(where(hole))]
    assert [one for one in found if hole.says in one], found


def test_there_are_twelve_at_least() -> None:
    assert len({hole.name for hole in HOLES}) >= 12
