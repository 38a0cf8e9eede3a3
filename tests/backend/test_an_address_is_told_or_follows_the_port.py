"""SPONA_BASE_URL as a value, as a file, or not at all: `spona serve` takes each, and never adds a second one."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import serving
from backend.environment import env

# As the run of the tests gave them, before `nothing_told` takes them away.
SETTINGS = {name: value for name, value in os.environ.items() if name.startswith("SPONA_")}


@pytest.fixture
def port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting is there, and no child process is started: the first one asked for is the end of the serving."""

    def interrupted(_commands: object) -> None:
        raise KeyboardInterrupt

    for name in [name for name in os.environ if name.startswith("SPONA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(serving, "children", interrupted)
    yield
    os.environ.pop("SPONA_BASE_URL", None)


def test_untold_it_follows_the_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    serving.serve(["--port", port], None)
    assert env("SPONA_BASE_URL") == f"http://localhost:{port}"
    assert capsys.readouterr().out == "Stopped.\n"


def test_a_value_stays(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPONA_BASE_URL", "https://spona.example.org")
    serving.serve(["--port", port], None)
    assert env("SPONA_BASE_URL") == "https://spona.example.org"


def test_a_file_stays_the_only_one(port: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "address").write_text("https://spona.example.org\n")
    monkeypatch.setenv("SPONA_BASE_URL_FILE", str(tmp_path / "address"))
    serving.serve(["--port", port], None)
    assert "SPONA_BASE_URL" not in os.environ
    assert env("SPONA_BASE_URL") == "https://spona.example.org"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({}, "http://localhost:8000"),
        ({"SPONA_PORT": "8931"}, "http://localhost:8931"),
        ({"SPONA_PORT": "8931", "SPONA_BASE_URL": "http://localhost:1"}, "http://localhost:1"),
    ],
    ids=["untold", "port", "address"],
)
def test_every_command_follows_the_port(said: dict[str, str], address: str) -> None:
    reads = "from django.conf import settings; print(settings.SPONA_BASE_URL)"
    done = subprocess.run(
        [sys.executable, "-c", reads],
        env={**os.environ, **SETTINGS, "DJANGO_SETTINGS_MODULE": "backend.settings", **said},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == address
