"""The switch for the first wall is refused wherever the tests do not run; the role without a second is theirs alone."""

import os
import subprocess
import sys

import pytest

from backend.database_roles import LOGINS
from backend.migration_state import ROOT
from tests.databases import UNWALLED, Clones
from tests.permissions.window import window
from tests.walls import without_wall_one, without_wall_two

SETTINGS = "import backend.settings as s; print(s.SPONA_WALL_ONE_OFF)"


def started(wall: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SPONA_WALL_ONE": wall}
    return subprocess.run(
        [sys.executable, "-c", SETTINGS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_starts_without_the_first_wall() -> None:
    refused = started("off")
    assert refused.returncode != 0
    assert "for the tests alone" in refused.stderr


@pytest.mark.parametrize("wall", ["on", "", "OFF", "no"])
def test_any_other_word_leaves_it_standing(wall: str) -> None:
    found = started(wall)
    assert (found.returncode, found.stdout.strip()) == (0, "False")


def test_the_service_has_no_role_without_a_wall() -> None:
    assert UNWALLED not in LOGINS


@pytest.mark.database
def test_both_come_down_for_a_block_and_stand_again(database: Clones) -> None:
    with without_wall_one(), without_wall_two(database), window(database) as shown:
        assert shown.seen_by(None, "cases_case") == set()
    assert started("off").returncode != 0
