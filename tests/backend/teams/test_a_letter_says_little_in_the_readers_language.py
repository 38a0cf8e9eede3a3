"""Letters about an account: in three scripts, with no name, sent only when what they tell of has committed."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from backend.teams import letters
from backend.teams.models import User
from tests.world import make_user


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> list[Any]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


def reader(language: str, address: str = "ana@example.org") -> User:
    return make_user(email=address, language=language)


@pytest.mark.parametrize("event", sorted(letters.LETTERS))
def test_each_is_written_in_three_scripts(event: str) -> None:
    letters.tell(event, [reader(language) for language in ("en", "sr-Latn", "sr-Cyrl")])
    english, latin, cyrillic = mail.outbox
    assert len({letter.subject for letter in mail.outbox}) == 3
    assert english.body.isascii()
    assert any("а" <= sign <= "ш" for sign in cyrillic.body)
    assert not any("а" <= sign <= "ш" for sign in latin.body)
    for letter in mail.outbox:
        assert "spona_re_" not in letter.body
        assert "#" not in letter.body


def test_nobody_without_an_address_is_written_to() -> None:
    letters.tell("recovery_used", [reader("en", "")])
    assert mail.outbox == []


def test_what_was_rolled_back_is_not_told() -> None:
    user = reader("en")
    with transaction.atomic():
        letters.tell("recovery_used", [user])
        assert mail.outbox == []
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_loses_nothing_but_the_letter(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    letters.tell("recovery_used", [reader("en")])


LINK = "https://spona.example.rs/reset-password#3f-abc-def"


def test_the_link_for_a_new_password_comes_in_the_language_of_the_account() -> None:
    for language in ("en", "sr-Latn", "sr-Cyrl"):
        letters.hand_over(reader(language), link=LINK)
    english, latin, cyrillic = mail.outbox
    assert [one.subject for one in mail.outbox] == [
        "Spona: a new password",
        "Spona: nova lozinka",
        "Spona: нова лозинка",
    ]
    assert english.body.isascii()
    assert "Vaš nalog" in latin.body
    assert "Ваш налог" in cyrillic.body
    for letter in mail.outbox:
        assert letter.body.endswith(f"\n\n{LINK}\n")
        assert len(letter.body) < 320


def test_it_names_nobody() -> None:
    user = reader("en")
    letters.hand_over(user, link=LINK)
    (letter,) = mail.outbox
    said = f"{letter.subject} {letter.body}"
    assert user.username not in said
    assert user.display_name not in said
    assert user.email not in said


def test_without_an_address_no_link_leaves() -> None:
    letters.hand_over(reader("en", ""), link=LINK)
    assert mail.outbox == []
