"""Without a mail server a message is a file that nobody else reads, and nothing of it is logged."""

import stat
from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from backend.teams.mail import PrivateFiles

pytestmark = pytest.mark.pure


def send(folder: Path, *bodies: str) -> int:
    backend = PrivateFiles(file_path=str(folder))
    return backend.send_messages(
        [EmailMessage("Poziv", body, "spona@localhost", ["ana@example.org"]) for body in bodies]
    )


def test_each_message_is_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "mail"
    assert send(folder, "prva", "друга") == 2
    files = list(folder.iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_open_to_others_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir(mode=0o755)
    send(folder, "x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_message_is_whole(tmp_path: Path) -> None:
    send(tmp_path, "https://spona.example/reset-password#abc")
    (file,) = tmp_path.iterdir()
    text = file.read_text()
    assert "Subject: Poziv" in text
    assert "https://spona.example/reset-password#abc" in text


def test_nothing_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    send(tmp_path, "tajna")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_no_messages_no_files(tmp_path: Path) -> None:
    assert send(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []
