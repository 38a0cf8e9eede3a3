"""The worker may take an upload first: the command waits, reports the same, and ends by the run's own status."""

import io
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from backend.database_roles import APP
from backend.imports import runs
from backend.imports.models import ImportRun
from tests.backend.imports.test_the_import_command_says_what_is_wrong import MAPPING
from tests.databases import Clones
from tests.world import Town

command = import_module("backend.imports.management.commands.import")


class Worker:
    """Another process that is at every upload of the town until `leave` is called."""

    def __init__(self, town: Town, connection: psycopg.Connection) -> None:
        self.town, self.connection, self.waits = town, connection, 0
        self.then: Callable[[ImportRun], object] = lambda run: None

    def begin(self, run: ImportRun) -> None:
        self.connection.execute(
            "SELECT pg_advisory_lock(%s)", (zlib.crc32(f"spona import {run.id}".encode()),)
        )

    def leave(self, _seconds: float) -> None:
        """Stand in for the command's pause: at the second one, let go and do what the test asks."""
        self.waits += 1
        if self.waits == 2:
            self.connection.execute("SELECT pg_advisory_unlock_all()")
            self.then(ImportRun.objects.get(team=self.town.team))


@pytest.fixture
def town(database: Clones) -> Town:
    return Town()


@pytest.fixture
def worker(town: Town, database: Clones, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    with psycopg.connect(database.main.url(APP), autocommit=True) as connection:
        other, upload = Worker(town, connection), command.upload

        def taken(*args: object, **values: object) -> ImportRun:
            run: ImportRun = upload(*args, **values)
            other.begin(run)
            return run

        monkeypatch.setattr(command, "upload", taken)
        monkeypatch.setattr(command, "sleep", other.leave)
        yield other


def run(town: Town, folder: Path, table: str) -> str:
    mapping, file, out = folder / "small.yaml", folder / "cases.csv", io.StringIO()
    mapping.write_text(MAPPING, encoding="utf-8")
    file.write_text(table, encoding="utf-8")
    named = ["--mapping", str(mapping), "--team", town.team.slug, "--as", town.coordinator.username]
    call_command("import", str(file), *named, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_what_the_worker_did_is_reported_as_if_the_command_had(
    town: Town, worker: Worker, tmp_path: Path
) -> None:
    worker.then = runs.process
    said = run(town, tmp_path, "id,sex\nA1,m\nA2,x\n")
    assert said.splitlines() == [
        "row 3 refused: sex: value_unknown",
        "2 rows in: 1 accepted, 0 unchanged, 1 refused",
    ]
    assert worker.waits == 2


def test_what_the_worker_left_is_worked_through(town: Town, worker: Worker, tmp_path: Path) -> None:
    assert run(town, tmp_path, "id,sex\nA1,m\n") == "1 rows in: 1 accepted, 0 unchanged, 0 refused\n"
    assert ImportRun.objects.get(team=town.team).status == "done"


def test_a_run_that_the_worker_could_not_finish_is_an_error_here_too(
    town: Town, worker: Worker, tmp_path: Path
) -> None:
    worker.then = runs.process
    with pytest.raises(CommandError, match="The import stopped: row_too_long: 3"):
        run(town, tmp_path, "id,sex\nA1,m\nA2,f,more\n")
