"""A matrix that finds nothing proves nothing. Each careless change in `holes.py` must be found, and for what it is.

The other wall is away while a hole is looked for: with both, one of them would hold it.
"""

from collections.abc import Iterator

import pytest

from tests.access.checks import Check, everything
from tests.access.holes import HOLES, Hole
from tests.access.runner import ONE, TWO, Runner
from tests.access.world import World
from tests.databases import Clones
from tests.sealed import sealer_of
from tests.walls import without_wall_one, without_wall_two

pytestmark = pytest.mark.database
EVERY = everything()
LISTED = {
    "cases_case": "cases_list",
    "referrals_referral": "referrals_list",
    "cases_notification": "notifications_list",
}


@pytest.fixture(scope="module")
def spoiled(database: Clones) -> Iterator[World]:
    """Towns of this file's own: an open hole lets requests change what they should not."""
    with database.main.by_hand() as admin:
        with sealer_of(database.main):
            world = World(admin)
        yield world


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
    spoiled: World, database: Clones, unlimited: None, monkeypatch: pytest.MonkeyPatch, hole: Hole
) -> None:
    with without_wall_two(database):
        assert Runner(spoiled, off=TWO).run(where(hole)) == []
        hole.open(monkeypatch)
        found = [str(one) for one in Runner(spoiled).run(where(hole))]
    assert [one for one in found if hole.says in one], found


@pytest.mark.parametrize(("table", "operation"), sorted(LISTED.items()))
def test_a_table_that_loses_its_wall_is_found(
    spoiled: World, database: Clones, unlimited: None, table: str, operation: str
) -> None:
    asked = [one for one in EVERY if one.operation.name == operation and one.caller == "member"]
    checks = [one for one in asked if one.channel == "path"]
    with without_wall_one():
        assert Runner(spoiled, off=ONE).run(checks) == []
        spoiled.admin.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        try:
            found = [str(one) for one in Runner(spoiled, off=ONE).run(checks)]
        finally:
            spoiled.admin.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    assert [one for one in found if "shows" in one], found


def test_there_are_twelve_at_least() -> None:
    assert len({hole.name for hole in HOLES}) >= 12
