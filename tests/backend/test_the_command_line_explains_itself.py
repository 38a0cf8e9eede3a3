"""Wrong input ends with one clear message and a status that is not 0; never with a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from backend.__main__ import USAGE, main
from backend.database_command import password_setting
from backend.embedded.problem import EmbeddedProblem
from backend.service_environment import own_servers, var_folder

BOTH = ("SPONA_DATABASE_URL", "SPONA_KEYS_DATABASE_URL")
NOWHERE = "postgresql://nobody@/nothing?host=/nonexistent"
Said = pytest.CaptureFixture[str]
# A whole installation, of which no server runs.
SETTINGS = {name: value for name, value in os.environ.items() if name.startswith("SPONA_")}


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [name for name in os.environ if name.startswith("SPONA_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def spona(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SPONA_")}
    return subprocess.run(
        [sys.executable, "-m", "backend", *words],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_said_shows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.strip() == USAGE.strip()


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_is_no_error(word: str) -> None:
    assert main([word]) == 0


@pytest.mark.parametrize("named", BOTH)
def test_one_server_of_two_is_refused(settings_of: pytest.MonkeyPatch, named: str) -> None:
    settings_of.setenv(named, NOWHERE)
    with pytest.raises(EmbeddedProblem, match="Set both, or neither"):
        own_servers()


def test_a_server_named_in_a_file_counts(settings_of: pytest.MonkeyPatch) -> None:
    for name in BOTH:
        settings_of.setenv(f"{name}_FILE", "/run/secrets/absent")
    assert own_servers()


def test_none_is_the_embedded_default(settings_of: pytest.MonkeyPatch) -> None:
    assert not own_servers()


def test_the_folder_of_the_default_is_in_the_checkout(settings_of: pytest.MonkeyPatch) -> None:
    assert var_folder() == Path(__file__).resolve().parents[2] / "var"


def test_the_folder_can_be_elsewhere(settings_of: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings_of.setenv("SPONA_VAR_DIR", str(tmp_path))
    assert var_folder() == tmp_path


def test_a_password_setting_is_named_after_its_role() -> None:
    assert password_setting("spona_app") == "SPONA_APP_PASSWORD"


def assert_refused(done: subprocess.CompletedProcess[str], *, status: int = 1) -> None:
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_half_an_address_is_a_message() -> None:
    done = spona("migrate", SPONA_DATABASE_URL=NOWHERE)
    assert_refused(done)
    assert "SPONA_KEYS_DATABASE_URL is not" in done.stderr


def test_migrating_needs_the_migrating_role() -> None:
    done = spona("migrate", SPONA_DATABASE_URL=NOWHERE, SPONA_KEYS_DATABASE_URL=NOWHERE)
    assert_refused(done)
    assert "SPONA_MIGRATE_DATABASE_URL" in done.stderr


def test_preparing_without_an_address_is_a_message() -> None:
    done = spona("database", "prepare")
    assert_refused(done)
    assert "SPONA_ADMIN_DATABASE_URL is not set" in done.stderr


def test_preparing_a_server_that_is_not_there_is_a_message() -> None:
    done = spona("database", "prepare", SPONA_ADMIN_DATABASE_URL=NOWHERE)
    assert_refused(done)
    assert done.stderr.startswith("spona database: SPONA_ADMIN_DATABASE_URL: connection")


@pytest.mark.parametrize(
    "words",
    [
        ("database",),
        ("database", "drop"),
        ("serve", "--port", "many"),
        ("serve", "--port=-1"),
        ("serve", "--port=65536"),
        ("serve", "--workers=x"),
    ],
)
def test_wrong_words_are_explained(words: tuple[str, ...]) -> None:
    done = spona(*words, SPONA_DATABASE_URL=NOWHERE, SPONA_KEYS_DATABASE_URL=NOWHERE)
    assert_refused(done, status=2)
    assert "usage: spona" in done.stderr


def test_a_whole_process_ends_with_the_message_and_its_status() -> None:
    done = spona("nonsense", **SETTINGS)
    assert_refused(done, status=2)
    assert "there is no command" in done.stderr


@pytest.mark.parametrize("word", ["--nonsense", "../x", "č", "Serve"])
def test_a_command_that_is_none_was_written_wrongly(word: str, capsys: Said) -> None:
    assert main([word]) == 2
    said = capsys.readouterr()
    assert "there is no command" in said.err
    assert said.out == ""


@pytest.mark.parametrize("word", ["demo", "import", "account", "work", "check", "doctor", "spectacular"])
def test_every_app_brings_its_commands(word: str, capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main([word, "--help"])
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, "")
    assert f"spona {word}" in said.out


@pytest.mark.parametrize("word", ["help", "version", "--version"])
def test_what_django_says_of_itself_is_a_command(word: str, capsys: Said) -> None:
    assert main([word]) == 0
    assert capsys.readouterr().err == ""


def test_an_address_that_is_none_is_a_message_without_its_password() -> None:
    done = spona("database", "prepare", SPONA_ADMIN_DATABASE_URL="host=somewhere hunter2")
    assert_refused(done)
    assert "hunter2" not in done.stderr


def test_a_taken_port_is_a_message() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = spona("serve", f"--port={port}", SPONA_DATABASE_URL=NOWHERE, SPONA_KEYS_DATABASE_URL=NOWHERE)
    assert_refused(done)
    assert "Is Spona running already?" in done.stderr


def test_a_weak_secret_stops_the_start() -> None:
    both = dict.fromkeys(BOTH, NOWHERE)
    done = spona("serve", "--port=48999", SPONA_SECRET_KEY="short", **both)
    assert_refused(done)
    assert "SPONA_SECRET_KEY must have at least" in done.stderr
