"""`spona backup` as an operator runs it: the file restores to every row that was there, walled tables and all."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from psycopg import sql
from pytest_django import Settings

from audit import recorder
from backend.database_roles import APP, BACKUP
from backend.locks import alone
from backend.upkeep import backups, kept_files
from permissions.rls import WALLS
from tests.backend.erasure.restored import databases_apart, restore
from tests.backend.keys.filled import filled
from tests.databases import Clone, Clones
from tests.world import Town

pytestmark = pytest.mark.database
NEWEST = "SELECT convert_from(body, 'UTF8') FROM audit_entry WHERE verb = %s ORDER BY at DESC LIMIT 1"
TABLES = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'spona')
"""


@pytest.fixture(autouse=True)
def addresses(database: Clones, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(backups.ADDRESSES["main"], database.main.url(BACKUP))
    monkeypatch.setenv(backups.ADDRESSES["keys"], database.keys.url(BACKUP))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir(mode=0o700)
    return made


def back_up(kind: str, folder: Path) -> str:
    out = StringIO()
    call_command("backup", kind, "--to", str(folder), stdout=out)
    return out.getvalue()


def refused(kind: str, folder: Path) -> str:
    """Return the message; nothing of ours may be left in the folder."""
    before = sorted(folder.iterdir()) if folder.is_dir() else []
    with pytest.raises(CommandError) as problem:
        back_up(kind, folder)
    assert (sorted(folder.iterdir()) if folder.is_dir() else []) == before
    return str(problem.value)


def counts(clone: Clone) -> dict[str, int]:
    """Return the rows of every table as the superuser counts them."""
    with psycopg.connect(clone.superuser_url) as admin:
        names = sorted(name for (name,) in admin.execute(TABLES).fetchall())
        return {name: _count(admin, name) for name in names}


def _count(admin: psycopg.Connection, name: str) -> int:
    row = admin.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
    assert row is not None
    return int(row[0])


def test_both_databases_come_back_with_every_row(
    database: Clones, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with databases_apart(database) as apart:
        case = filled(Town()).case
        for kind, clone in (("main", apart.main), ("keys", apart.keys)):
            (tmp_path / kind).mkdir(mode=0o700)
            monkeypatch.setenv(backups.ADDRESSES[kind], clone.url(BACKUP))
            before = counts(clone)
            said = back_up(kind, tmp_path / kind)
            (file,) = (tmp_path / kind).iterdir()
            assert said.startswith(f"{file}: {file.stat().st_size} bytes.")
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            restore(clone, file)
            assert counts(clone) == before  # a backup's own entry is written when its dump is whole
            walled = {name for name in WALLS if before.get(name)}
            assert kind == "keys" or walled >= {"cases_case", "referrals_referral", "cases_note"}
        with psycopg.connect(apart.keys.superuser_url) as admin:
            held = admin.execute(
                "SELECT count(*) FROM encryption_wrappedkey WHERE owner_id = %s", [case.id]
            ).fetchone()
        assert held == (1,)


def test_the_entry_names_the_database_and_stands_in_the_national_log(
    folder: Path, admin: psycopg.Connection
) -> None:
    back_up("keys", folder)
    (file,) = folder.iterdir()
    row = admin.execute(NEWEST, ["backup.made"]).fetchone()
    assert row is not None
    said = json.loads(row[0])
    assert said["facts"] == {"database": "keys", "size": file.stat().st_size}
    assert (said["log"], said["actor_id"]) == (
        "00000000-0000-0000-0000-000000000000",
        str(backups.BACKUPS.id),
    )


def test_a_role_that_would_see_nothing_is_refused(
    database: Clones, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(backups.ADDRESSES["main"], database.main.url(APP))
    said = refused("main", folder)
    assert "Row security hides rows of" in said
    assert "spona_backup" in said


def test_a_policy_of_the_backup_that_is_gone_is_found(database: Clones, folder: Path) -> None:
    with databases_apart(database) as apart, pytest.MonkeyPatch.context() as patch:
        patch.setenv(backups.ADDRESSES["main"], apart.main.url(BACKUP))
        with psycopg.connect(apart.main.superuser_url, autocommit=True) as admin:
            found = admin.execute(
                "SELECT policyname FROM pg_policies WHERE tablename = 'cases_note' AND 'spona_backup' = ANY (roles)"
            ).fetchone()
            assert found is not None
            admin.execute(sql.SQL("DROP POLICY {} ON cases_note").format(sql.Identifier(found[0])))
        assert "1 tables from this role (cases_note)" in refused("main", folder)


def test_what_is_too_old_goes_and_what_is_not_ours_stays(folder: Path, admin: psycopg.Connection) -> None:
    now = datetime.now(UTC)
    for days in (8, 6.01, 5.9):
        kept_files.path_of(folder, "keys", at=now - timedelta(days=days)).write_bytes(b"PGDMP")
    left = kept_files.draft_of(kept_files.path_of(folder, "keys", at=now - timedelta(minutes=1)))
    left.write_bytes(b"PGDMP of a run that was killed")
    (folder / "letter.txt").write_text("not ours", encoding="utf-8")
    assert "Old backups removed: 3." in back_up("keys", folder)
    ages = sorted(abs(now - one.at).days for one in kept_files.ours(folder))
    assert ages == [0, 5]
    assert (folder / "letter.txt").exists()
    row = admin.execute(NEWEST, ["backup.removed"]).fetchone()
    assert row is not None
    assert json.loads(row[0])["facts"] == {"database": "keys", "files": 3}


def test_a_backup_that_fails_keeps_no_old_one_longer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = kept_files.path_of(folder, "keys", at=datetime.now(UTC) - timedelta(days=8))
    old.write_bytes(b"PGDMP")
    monkeypatch.setenv(backups.ADDRESSES["keys"], "postgresql://spona_backup@/x?host=/nonexistent")
    with pytest.raises(CommandError, match="No backup of keys"):
        back_up("keys", folder)
    assert not old.exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("printf PGDMPhalf; echo 'could not write: No space left on device' >&2; exit 1", "No space left"),
        ("exit 0", "wrote no backup"),
        (None, "could not be started"),
    ],
    ids=["full", "silent", "missing"],
)
def test_a_pg_dump_that_fails_leaves_nothing(
    script: str | None, said: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    if script is not None:
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o700)
    monkeypatch.setattr("backend.upkeep.dumping.pg_dump", lambda _host: program)
    assert said in refused("main", folder)


def test_nothing_is_kept_when_the_audit_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_facts: object) -> None:
        raise recorder.AuditUnavailable

    monkeypatch.setattr(recorder, "record", full)
    assert "audit entry cannot be written" in refused("keys", folder)


def test_two_at_a_time_are_one(folder: Path, database: Clones) -> None:
    code = f"""
import psycopg, sys, zlib
with psycopg.connect({database.main.url(APP)!r}, autocommit=True) as one:
    one.execute("SELECT pg_advisory_lock(%s)", [zlib.crc32(b"spona backup keys")])
    print("held", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert "Another `spona backup keys` is at work." in refused("keys", folder)
        other.communicate()
    with alone("backup keys") as mine:
        assert mine


def test_a_folder_that_will_not_do_is_a_message(folder: Path, tmp_path: Path, settings: Settings) -> None:
    assert "No such file" in refused("main", tmp_path / "not mounted")
    file = tmp_path / "file"
    file.touch(mode=0o600)
    with pytest.raises(CommandError, match="cannot be used: Not a directory"):
        back_up("main", file)
    folder.chmod(0o755)
    assert "open to other accounts (mode 755" in refused("main", folder)
    folder.chmod(0o700)
    assert "root keys" in refused("main", Path(settings.SPONA_KEYS_DIR))


def test_both_databases_never_share_a_folder(folder: Path, tmp_path: Path, settings: Settings) -> None:
    settings.SPONA_BACKUP_DIRS = {"main": str(folder), "keys": ""}
    (tmp_path / "link").symlink_to(folder)
    (folder / "inside").mkdir(mode=0o700)
    for same in (folder, tmp_path / "link", folder / "inside"):
        assert "They must lie apart" in refused("keys", same)
    settings.SPONA_BACKUP_DIRS = {"main": "", "keys": ""}
    kept_files.path_of(folder, "main", at=datetime.now(UTC)).touch()
    assert "They must lie apart" in refused("keys", folder)


def test_without_a_folder_or_an_address_it_says_which(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="SPONA_KEYS_BACKUP_DIR"):
        call_command("backup", "keys")
    monkeypatch.delenv(backups.ADDRESSES["keys"])
    assert "SPONA_KEYS_BACKUP_DATABASE_URL is not set" in refused("keys", folder)


@pytest.mark.parametrize("address", ["postgresql://x:hunter2@[", "host=x hunter2"], ids=["url", "words"])
def test_an_address_that_is_none_is_a_message_without_its_password(
    address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(backups.ADDRESSES["main"], address)
    assert "hunter2" not in refused("main", folder)


def test_daily_waits_until_a_day_has_passed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        call_command("backup", "keys", "--to", str(folder), "--daily", stdout=StringIO())
    assert waited[0] == 0
    assert 86_000 < waited[1] <= 86_400
    assert len(list(folder.iterdir())) == 1


def test_the_password_is_in_no_list_of_processes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\nprintf "PGDMP%s" "$*"\n', encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setattr("backend.upkeep.dumping.pg_dump", lambda _host: program)
    back_up("main", folder)
    (file,) = folder.iterdir()
    words = file.read_text(encoding="utf-8")
    password = os.environ[backups.ADDRESSES["main"]].split(":")[2].split("@")[0]
    assert "--enable-row-security" in words
    assert password not in words
