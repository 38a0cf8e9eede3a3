"""SIGKILL for a real process, at moments drawn by chance: what was begun is finished, nothing twice, nothing half."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.imports.models import ImportRow, ImportRun
from backend.imports.runs import process_queued
from tests.backend.imports.sites import SAMPLE, TABLES, WHOLE, Sites, expected, left_in, rows_of
from tests.world import BUILDER

ROOT = Path(__file__).parents[3]
WORK = ["work", "--once"]


@contextmanager
def spona(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command as a process of its own, on this worker's databases."""
    command = [sys.executable, "-m", "backend", *words]
    with subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def kill_when(sites: Sites, people: int, chance: random.Random, *words: str) -> bool:
    """Kill the command once so many people are in, or a moment later; say whether it was still at work."""
    with spona(*words) as process:
        while process.poll() is None and sites.done() < people:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.04))
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def runs_of(sites: Sites) -> list[ImportRun]:
    return list(ImportRun.objects.filter(team__slug__startswith=sites.name).order_by("created_at"))


def check_all_is_there(sites: Sites, folder: Path) -> None:
    """Compare every team with what the files say of its site, and the counts with the rows of the files."""
    process_queued(BUILDER)
    assert {run.status for run in runs_of(sites)} == {"done"}
    wanted = expected(folder)
    for site, town in sites.towns.items():
        assert left_in(town.team) == wanted[site]
    for run in runs_of(sites):
        assert (
            run.rows_in
            == run.accepted + run.unchanged + run.refused
            == ImportRow.objects.filter(run=run).count()
        )
        assert run.people == run.people_done


def test_a_killed_command_is_gone_on_with_by_the_worker_which_is_killed_too() -> None:
    sites, chance = Sites("10", "11", "20", "24", "36"), random.Random(94)
    words = ["import", *sites.words(SAMPLE, "--only", "site_masked=24")]
    assert kill_when(sites, chance.randint(1, 6), chance, *words)
    assert [run.status for run in runs_of(sites)] == ["running"]
    before = sites.done()
    assert kill_when(sites, before + chance.randint(1, 3), chance, *WORK)
    assert before < sites.done() < 20
    process_queued(BUILDER)
    sites.towns = {"24": sites.towns["24"]}
    assert len(runs_of(sites)) == 1
    check_all_is_there(sites, SAMPLE)


@pytest.mark.full
def test_all_of_ctn_0094_comes_in_though_killed_five_times() -> None:
    numbers = sorted({row["site_masked"] for row in rows_of(WHOLE, "site_masked")})
    sites, chance = Sites(*numbers), random.Random(94)
    words = ["import", *sites.words(WHOLE)]
    for people in sorted(chance.sample(range(100, 3300), 5)):
        assert kill_when(sites, people, chance, *words)
    with spona(*words) as process:
        assert process.wait() == 0
    check_all_is_there(sites, WHOLE)
    with spona(*words) as process:
        assert process.wait() == 0
    check_all_is_there(sites, WHOLE)
    counts = sites.counts()
    assert {table: found["rows_in"] for table, found in counts.items()} == {
        table: len(rows_of(WHOLE, table)) for table in TABLES
    }
    assert {table: found["refused"] for table, found in counts.items() if found["refused"]} == {"visit": 1116}
    assert all(found["accepted"] == 0 for found in counts.values())
