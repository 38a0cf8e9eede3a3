"""`spona doctor keys`: a line for each thing looked at, 0 with warnings, 1 as soon as something is wrong."""

import io
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.db.utils import OperationalError
from pytest_django import Settings

from audit import recorder
from backend.upkeep import apart, backup_folders, kept_files, keys_line
from backend.upkeep.apart import judge_clusters, judge_places, judge_replicas
from backend.upkeep.said import Finding, Level

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FINE = Finding(Level.OK, "Keys.")
OK, WARNING, WRONG = Level.OK, Level.WARNING, Level.WRONG


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    """Return what makes a folder of backups that are so many days old."""

    def make(kind: str, *days: float, name: str = "") -> Path:
        folder = tmp_path / (name or f"{kind}-backups")
        folder.mkdir(mode=0o700)
        for age in days:
            path = kept_files.path_of(folder, kind, at=NOW - timedelta(days=age))
            path.touch(mode=0o600)
        return folder

    return make


def doctor() -> tuple[int, list[str]]:
    out = io.StringIO()
    try:
        call_command("doctor", "keys", stdout=out)
    except CommandError as problem:
        return 1, [*out.getvalue().splitlines(), str(problem)]
    return 0, out.getvalue().splitlines()


def levels(found: list[Finding]) -> list[Level]:
    return [one.level for one in found]


def seen(main: Path | str, keys: Path | str, *, root_keys: Path = Path("/root-keys")) -> list[Finding]:
    folders = {"main": str(main), "keys": str(keys)}
    return list(backup_folders.findings(folders, root_keys=root_keys, now=NOW))


@pytest.mark.database
def test_warnings_alone_end_with_0_and_are_told_to_the_audit(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, admin: psycopg.Connection
) -> None:
    settings.SPONA_BACKUP_DIRS = {"main": "", "keys": ""}
    monkeypatch.setattr(keys_line, "finding", lambda: FINE)
    status, said = doctor()
    assert status == 0
    assert [line[:9].strip() for line in said[:-1]] == ["ok", *["warning"] * 4, "ok"]
    assert "Clusters: two" in said[0]
    assert "none is connected" in said[1]
    assert "side by side" in said[2]
    assert "SPONA_KEYS_BACKUP_DIR is not configured here" in said[4]
    assert said[-1] == "Nothing is wrong. Warnings: 4."
    newest = "SELECT convert_from(body, 'UTF8') FROM audit_entry WHERE verb = 'keys.examined' ORDER BY at DESC LIMIT 1"
    row = admin.execute(newest).fetchone()
    assert row is not None
    assert json.loads(row[0])["facts"] == {"warnings": 4, "wrong": 0}


@pytest.mark.database
def test_something_wrong_ends_with_1(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, made: Callable[..., Path]
) -> None:
    settings.SPONA_BACKUP_DIRS = {"main": "", "keys": str(made("keys", 900))}
    monkeypatch.setattr(keys_line, "finding", lambda: FINE)
    status, said = doctor()
    assert (status, said[-1]) == (1, "Wrong: 1. Warnings: 3.")
    assert "1 older than 7 days" in said[-3]


@pytest.mark.database
def test_a_database_in_the_other_s_cluster_is_wrong() -> None:
    assert apart._one("default", apart._CLUSTER) != apart._one("keys", apart._CLUSTER)
    assert judge_clusters(7, 8).level == OK
    assert judge_clusters(7, 7).level == WRONG


@pytest.mark.database
def test_a_database_that_does_not_answer_is_a_line_and_no_traceback(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: object) -> None:
        raise OperationalError("the server closed the connection\nand more")

    monkeypatch.setattr(connections["keys"], "cursor", gone)
    status, said = doctor()
    assert status == 1
    assert sum("could not be looked at (the server closed the connection)." in line for line in said) == 4


@pytest.mark.database
def test_without_an_entry_it_fails_with_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_facts: object) -> None:
        raise recorder.AuditUnavailable

    monkeypatch.setattr(recorder, "record", full)
    monkeypatch.setattr(keys_line, "finding", lambda: FINE)
    assert doctor()[1][-1] == "The audit entry cannot be written."


@pytest.mark.database
def test_the_report_of_the_keys_is_one_line(settings: Settings, tmp_path: Path) -> None:
    text = str(keys_line.finding())
    assert text.count("\n") == 0
    assert "data keys under an old root" in text
    settings.SPONA_KEYS_DIR = tmp_path / "nowhere"
    found = keys_line.finding()
    assert (found.level, "nowhere" in found.text) == (WRONG, True)


@pytest.mark.parametrize(
    ("connected", "seen_states", "streaming", "level"),
    [(0, 0, 0, WARNING), (1, 0, 0, OK), (2, 2, 0, WARNING), (2, 2, 1, OK)],
)
def test_a_replica_is_connected(connected: int, seen_states: int, streaming: int, level: Level) -> None:
    assert judge_replicas(connected, seen=seen_states, streaming=streaming).level == level


@pytest.mark.parametrize(
    ("main", "keys", "level"),
    [
        ("10.0.0.1", "10.0.0.2", OK),
        ("10.0.0.1", "10.0.0.1", WARNING),
        ("", "", WARNING),
        ("", "10.0.0.2", OK),
    ],
)
def test_both_on_one_machine_is_a_warning(main: str, keys: str, level: Level) -> None:
    assert judge_places(main, keys).level == level


def test_a_socket_and_the_loopback_are_this_machine() -> None:
    assert {
        apart._place_of(*one) for one in (("/run/pg", ""), ("localhost", "127.0.0.1"), ("db", "::1"))
    } == {""}
    assert apart._place_of("db.example", "10.0.0.1") == "10.0.0.1"


def test_backups_as_they_should_be(made: Callable[..., Path]) -> None:
    found = seen(made("main", 89, 30, 0.5), made("keys", 6.9, 1, 0.1))
    assert levels(found) == [OK, OK, WARNING]
    assert "3, of 2025-12-02 to 2026-03-01 00:00." in found[0].text
    assert "one file system" in found[2].text


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        ("keys", (7.1, 0.1), "1 older than 7 days"),
        ("main", (90.1, 0.1), "1 older than 90 days"),
        ("main", (1.2,), "more than a day ago"),
        ("keys", (), "there is none"),
    ],
    ids=["old-keys", "old-main", "stale", "none"],
)
def test_a_folder_that_breaks_the_promise_is_wrong(
    kind: str, days: tuple[float, ...], said: str, made: Callable[..., Path]
) -> None:
    found = backup_folders.look(made(kind, *days), kind, now=NOW)
    assert (found.level, said in found.text) == (WRONG, True)


def test_a_file_of_somebody_else_counts_by_its_own_time(made: Callable[..., Path]) -> None:
    folder = made("keys", 0.1)
    (folder / "below").mkdir()
    stranger = folder / "below" / "base.tar"
    stranger.touch(mode=0o600)
    long_ago = (NOW - timedelta(days=30)).timestamp()
    os.utime(stranger, (long_ago, long_ago))
    assert "1 older than 7 days" in backup_folders.look(folder, "keys", now=NOW).text


def test_a_copy_keeps_the_age_of_its_name(made: Callable[..., Path]) -> None:
    folder = made("keys", 0.1, 9)
    for path in folder.iterdir():
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert "1 older than 7 days" in backup_folders.look(folder, "keys", now=NOW).text


def test_others_may_read_neither_folder_nor_file(made: Callable[..., Path]) -> None:
    folder = made("keys", 0.1)
    folder.chmod(0o750)
    next(folder.iterdir()).chmod(0o640)
    text = backup_folders.look(folder, "keys", now=NOW).text
    assert "the folder is open to other accounts; 1 files are open to other accounts." in text


def test_what_a_killed_run_left_is_named(made: Callable[..., Path]) -> None:
    folder = made("main", 0.1)
    draft = kept_files.draft_of(kept_files.path_of(folder, "main", at=NOW - timedelta(days=2)))
    draft.touch(mode=0o600)
    assert "1 left over by a run that was killed" in backup_folders.look(folder, "main", now=NOW).text


def test_both_in_one_folder_is_wrong(made: Callable[..., Path], tmp_path: Path) -> None:
    folder = made("keys", 0.1)
    (tmp_path / "link").symlink_to(folder)
    inside = made("main", 0.1, name="keys-backups/main")
    for main in (folder, tmp_path / "link", inside):
        assert seen(main, folder)[-1].level == WRONG
    assert "root keys are in one folder" in seen("", folder, root_keys=folder / "roots")[-1].text


def test_a_folder_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    found = seen(tmp_path / "a", tmp_path / "b")
    assert levels(found) == [WRONG, WRONG, OK]
    assert "No such file" in found[0].text


@pytest.mark.parametrize(
    "name", ["spona-keys-20261399T000000Z.dump", "spona-keys-20260101T000000Z.dump.partial", "x.dump"]
)
def test_names_that_are_not_ours_are_left_alone(name: str) -> None:
    assert kept_files.read(Path(name)) is None
