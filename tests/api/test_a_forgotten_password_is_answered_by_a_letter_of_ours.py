"""POST auth/password/request: a short letter in the language of the account, whatever the browser speaks."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings

from backend.teams.models import User
from tests.api.signing_in import AUTH, Browser, person
from tests.world import Town, saved, seat

SUBJECTS = {"en": "Spona: a new password", "sr-Latn": "Spona: nova lozinka", "sr-Cyrl": "Spona: нова лозинка"}


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "backend.teams.mail.PrivateFiles")
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", str(tmp_path), raising=False)
    return tmp_path


def worker(town: Town, language: str = "sr-Latn") -> User:
    user = person(email=True)
    seat(user, "member", team=town.team, organisation=town.centre)
    user.language = language
    return saved(user)


def ask(email: str) -> int:
    return Browser().post(f"{AUTH}/auth/password/request", {"email": email}).status


def only_letter(folder: Path) -> EmailMessage:
    (file,) = folder.iterdir()
    found = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.parametrize("language", sorted(SUBJECTS))
def test_it_is_in_the_language_of_the_account_and_holds_nothing_but_the_link(
    town: Town, letters: Path, language: str
) -> None:
    user = worker(town, language)
    assert ask(user.email) == 200
    letter = only_letter(letters)
    text = letter.get_content()
    assert (letter["Subject"], letter["To"]) == (SUBJECTS[language], user.email)
    assert text.strip().splitlines()[-1].startswith(f"{settings.SPONA_BASE_URL}/reset-password#")
    assert text.count("http") == 1
    for word in (user.username, user.display_name, "example.com", "Hello", "Poštovani"):
        assert word not in text
    assert not letter.is_multipart()


def test_it_goes_to_the_address_of_the_account_not_to_the_one_that_was_typed(
    town: Town, letters: Path
) -> None:
    user = worker(town)
    assert ask(user.email.upper()) == 200
    assert only_letter(letters)["To"] == user.email


def test_an_address_that_nobody_has_is_answered_the_same_and_gets_no_letter(letters: Path) -> None:
    assert ask("niko@example.org") == 200
    assert list(letters.iterdir()) == []
