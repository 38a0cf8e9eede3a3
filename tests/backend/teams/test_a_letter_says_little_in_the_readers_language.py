"""Letters about an account: in three scripts, without a link, sent only when what they tell of has committed."""

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
