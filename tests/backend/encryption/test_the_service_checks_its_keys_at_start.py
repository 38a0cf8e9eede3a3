"""Each numbered check with the state that sets it off, and silence when all is well."""

import os
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.checks import registry
from pytest_django import Settings

from backend.encryption import checks
from backend.encryption.keyring import RootKeys
from backend.encryption.private_files import is_private


def database(**changes: Any) -> dict[str, Any]:
    return {"NAME": "spona", "HOST": "/run/main", "PORT": "5432", **changes}


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


def databases(monkeypatch: pytest.MonkeyPatch, **keys: Any) -> list[str]:
    return found(monkeypatch, {"default": database(), "keys": database(**keys)})


def found(monkeypatch: pytest.MonkeyPatch, databases: dict[str, dict[str, Any]]) -> list[str]:
    """The ids that an installation with these databases would see."""
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES=databases))
    return ids(checks.keys_database_is_apart())


def test_a_private_folder_with_a_platform_root_passes(roots: RootKeys) -> None:
    roots.create(None)
    assert checks.keys_folder_is_private() == []
    assert checks.platform_root_is_usable() == []


@pytest.mark.parametrize("mode", [0o710, 0o701, 0o750, 0o755, 0o777, 0o770])
def test_e001_the_folder_is_open_to_others(roots: RootKeys, mode: int) -> None:
    roots.folder.chmod(mode)
    assert ids(checks.keys_folder_is_private()) == ["encryption.E001"]


def test_e001_the_folder_is_absent_or_a_file(roots: RootKeys, settings: Settings) -> None:
    settings.SPONA_KEYS_DIR = roots.folder / "absent"
    assert ids(checks.keys_folder_is_private()) == ["encryption.E001"]
    assert ids(checks.platform_root_is_usable()) == ["encryption.E002"]
    settings.SPONA_KEYS_DIR.touch(mode=0o600)
    assert ids(checks.keys_folder_is_private()) == ["encryption.E001"]


def test_e002_there_is_no_platform_root(roots: RootKeys) -> None:
    assert ids(checks.platform_root_is_usable()) == ["encryption.E002"]


@pytest.mark.parametrize(("text", "mode"), [("x" * 43, 0o644), ("short", 0o600), ("", 0o600)])
def test_e002_the_platform_root_is_open_or_malformed(roots: RootKeys, text: str, mode: int) -> None:
    roots.path(None, 1).write_text(text)
    roots.path(None, 1).chmod(mode)
    (message,) = checks.platform_root_is_usable()
    assert message.id == "encryption.E002"
    assert "platform.1.key" in message.msg


def test_e002_looks_at_the_newest_generation(roots: RootKeys) -> None:
    roots.create(None)
    roots.path(None, 2).touch(mode=0o600)
    assert ids(checks.platform_root_is_usable()) == ["encryption.E002"]


def test_e003_both_aliases_name_one_database(monkeypatch: pytest.MonkeyPatch) -> None:
    assert databases(monkeypatch) == ["encryption.E003"]
    assert databases(monkeypatch, USER="another") == ["encryption.E003"]


def test_e003_an_empty_host_and_port_are_the_usual_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {
        "default": {"NAME": "spona", "HOST": "", "PORT": ""},
        "keys": {"NAME": "spona", "HOST": "localhost", "PORT": "5432"},
    }
    assert found(monkeypatch, both) == ["encryption.E003"]


def test_e003_there_is_no_keys_alias(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(monkeypatch, {"default": database()}) == ["encryption.E003"]


def test_e003_the_keys_database_is_not_in_autocommit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert databases(monkeypatch, HOST="/run/keys", ATOMIC_REQUESTS=True) == ["encryption.E003"]


def test_w001_one_server_holds_both(monkeypatch: pytest.MonkeyPatch) -> None:
    assert databases(monkeypatch, NAME="spona_keys") == ["encryption.W001"]


@pytest.mark.parametrize(
    "apart", [{"HOST": "/run/keys"}, {"PORT": "5433"}, {"HOST": "keys.internal", "NAME": "k"}]
)
def test_two_servers_pass(monkeypatch: pytest.MonkeyPatch, apart: dict[str, str]) -> None:
    assert databases(monkeypatch, **apart) == []


def test_all_three_run_at_every_start() -> None:
    run = {check.__name__ for check in registry.registry.get_checks()}
    assert {"keys_folder_is_private", "platform_root_is_usable", "keys_database_is_apart"} <= run


def test_e005_the_newest_root_of_a_team_is_open_or_malformed(roots: RootKeys) -> None:
    team, other = uuid4(), uuid4()
    roots.create(team)
    roots.create(other)
    assert checks.team_roots_are_usable() == []
    roots.path(team, 2).touch(mode=0o600)
    [message] = checks.team_roots_are_usable()
    assert (message.id, f"{team}.2.key" in message.msg) == ("encryption.E005", True)
    roots.path(team, 2).unlink()
    roots.path(other, 1).chmod(0o640)
    assert ids(checks.team_roots_are_usable()) == ["encryption.E005"]


def test_a_credential_of_systemd_is_private_though_its_acl_shows_as_rights_of_the_group(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def status(mode: int, uid: int = 0, gid: int = 0) -> os.stat_result:
        return os.stat_result((stat.S_IFREG | mode, 0, 0, 1, uid, gid, 0, 0, 0, 0))

    assert not is_private(status(0o440), tmp_path)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert is_private(status(0o440), tmp_path)
    assert is_private(status(0o400, uid=1000, gid=1000), tmp_path)
    for wrong in (status(0o444), status(0o460), status(0o440, uid=1000), status(0o440, gid=1000)):
        assert not is_private(wrong, tmp_path)
    assert not is_private(status(0o440), tmp_path / "beside")


def test_a_folder_of_credentials_needs_no_right_to_write(roots: RootKeys) -> None:
    roots.create(None)
    roots.path(None, 1).chmod(0o400)
    roots.folder.chmod(0o500)
    try:
        assert checks.keys_folder_is_private() + checks.platform_root_is_usable() == []
    finally:
        roots.folder.chmod(0o700)
