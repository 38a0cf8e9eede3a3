"""Three ways around root, tried in order; and a message when none of them is allowed."""

import os
import pwd
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from backend.embedded import identity as module
from backend.embedded.identity import NAMESPACE, Identity, can, identity
from backend.embedded.problem import EmbeddedProblem


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    identity.cache_clear()
    yield
    identity.cache_clear()


def allow(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    """Pretend to be root on a machine where only commands that start with these words work."""

    def works(command: Sequence[str]) -> bool:
        return command[0] in programs

    monkeypatch.setattr(module, "_works", works)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_an_ordinary_user_runs_it_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert identity() == Identity(prefix=(), account=None)


def test_root_prefers_a_user_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, "unshare", "setpriv")
    assert identity() == Identity(prefix=NAMESPACE, account=None)


def test_without_namespaces_an_existing_account_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, "setpriv")
    found = identity()
    assert found.account is not None
    assert found.account.pw_uid != 0
    assert found.prefix[0] == "setpriv"
    assert "--clear-groups" in found.prefix


def test_without_either_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch)
    with pytest.raises(EmbeddedProblem, match="ordinary user"):
        identity()


def test_a_machine_without_those_accounts_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, "setpriv")
    monkeypatch.setattr(module, "ACCOUNTS", ("no-such-account",))
    with pytest.raises(EmbeddedProblem, match="SPONA_DATABASE_URL"):
        identity()


def test_a_file_is_given_only_to_an_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda path, uid, gid: given.append((uid, gid)))
    Identity().give(tmp_path)
    assert given == []
    nobody = pwd.getpwnam("nobody")
    Identity(account=nobody).give(tmp_path)
    assert given == [(nobody.pw_uid, nobody.pw_gid)]


def test_private_folders_stay_private_unless_an_account_must_pass(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    Identity().let_through(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    Identity(account=pwd.getpwnam("nobody")).let_through(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o711


def test_permissions_are_asked_of_the_system(tmp_path: Path) -> None:
    assert can(identity(), "-w", str(tmp_path))
    assert not can(identity(), "-e", str(tmp_path / "absent"))


def test_an_absent_program_does_not_work() -> None:
    assert not can(Identity(prefix=("no-such-program",)), "-x", "/")
