"""The quickstart of the README, word for word, against the real service and its demo people."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.database_roles import APP
from tests.databases import cloned

ROOT = Path(__file__).parents[2]
SAID = [
    "preview",
    "third organisation: 404",
    "accepted",
    "{'age_band': '25-29', 'sex': '2'}",
    "third organisation: 404",
    "in-progress",
    "third organisation: 404",
    "completed",
    "third organisation: 404",
    "20..-..-..T.*Z",
    "third organisation: 404",
    "stub",
    "the case, for the nurse: 404",
]


def quickstart() -> str:
    """Return the one shell block of the README."""
    (block,) = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[None]:
    words = [sys.executable, "-m", "backend", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://localhost:{port}/health/ready")
        yield
    finally:
        server.terminate()
        server.wait(20)


def wait_until_ready(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("the service did not become ready")


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A database of its own with the demo's people and no case."""
    with cloned(f"readme{os.getpid()}") as clones:
        made = {
            **os.environ,
            "SPONA_DATABASE_URL": clones.main.url(APP),
            "SPONA_KEYS_DATABASE_URL": clones.keys.url(APP),
        }
        demo = [sys.executable, "-m", "backend", "demo", "--cases", "0"]
        subprocess.run(demo, cwd=ROOT, env=made, check=True, capture_output=True)
        yield made


@pytest.mark.database
def test_the_quickstart_runs_as_printed(environment: dict[str, str]) -> None:
    port = free_port()
    environment = {**environment, "SPONA_BASE_URL": f"http://localhost:{port}"}
    with served(environment, port):
        done = subprocess.run(
            ["bash", "-c", quickstart()],
            cwd=ROOT,
            env={**environment, "SPONA_API": f"http://localhost:{port}/api/v1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    lines = done.stdout.splitlines()
    assert len(lines) == len(SAID), done.stdout + done.stderr
    for line, expected in zip(lines, SAID, strict=True):
        assert line == expected or re.fullmatch(expected, line), done.stdout + done.stderr
