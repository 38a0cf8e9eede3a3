"""`spona witness` as a process: it needs no database and no settings, keeps its key, and says what is wrong."""

import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audit.notes import log_signer, vkey
from audit.verify import WITNESS_KEY, Key, read_note, read_vkey
from audit.witnessing import NotCosigned, cosign
from tests.audit.logs import ORIGIN, POLICY, SECRET
from tests.audit.witnesses import Grown

LOG = Grown(12)
VKEY = vkey(log_signer(SECRET, ORIGIN).key)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def words(folder: Path, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "backend", "witness", "--name", "witness.example"),
        *("--key", str(folder / "witness.key"), "--state", str(folder / "state.sqlite"), *more),
    ]


@contextmanager
def running(folder: Path, *more: str) -> Iterator[tuple[str, Key]]:
    port = free_port()
    command = words(folder, *more, "--port", str(port))
    with subprocess.Popen(command, env={}, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = "".join(process.stderr.readline() for _ in range(3))
            (text,) = re.findall(r"^witness\.example\+\S+$", said, re.MULTILINE)
            yield f"http://127.0.0.1:{port}", read_vkey(text, WITNESS_KEY)
        finally:
            process.terminate()


def patiently(url: str, key: Key, *, size: int, old: int) -> str:
    """Ask until the server has started."""
    until = time.monotonic() + 20
    while True:
        try:
            return cosign(url, LOG.note(size), old=old, prove=lambda at: LOG.prove(at, size), key=key)
        except NotCosigned:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def test_it_signs_and_keeps_its_key_and_state_over_a_restart(tmp_path: Path) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text(POLICY, "utf-8")
    with running(tmp_path, "--log", VKEY) as (url, key):
        assert read_note(LOG.note(5) + patiently(url, key, size=5, old=0)).signed_at(key)
    with running(tmp_path, "--policy", str(policy)) as (url, same):
        assert same == key
        assert read_note(LOG.note(12) + patiently(url, same, size=12, old=5)).signed_at(key)
    assert stat.S_IMODE((tmp_path / "witness.key").stat().st_mode) == 0o600


def refused(folder: Path, *more: str) -> str:
    done = subprocess.run(words(folder, *more), env={}, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def test_what_is_wrong_is_a_message(tmp_path: Path) -> None:
    assert "usage: spona witness" in refused(tmp_path)
    assert "vkey" in refused(tmp_path, "--log", "nonsense")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "cannot be used" in refused(tmp_path, "--log", VKEY, "--port", port)


@pytest.mark.parametrize("name", ["witness.key", "state.sqlite"])
def test_a_key_or_state_that_is_none_is_a_message(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("this is neither a key nor a state " * 10, "utf-8")
    assert refused(tmp_path, "--log", VKEY).startswith("spona witness: ")
