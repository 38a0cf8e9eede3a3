"""`spona account`: clear words and a non-zero exit for whatever is wrong."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.encryption.keyring import create_root
from backend.teams import second_factor
from backend.teams.models import Membership, User
from tests.api.signing_in import with_key
from tests.world import actor, make_user, national

PASSWORD = "tri-reke-i-jedan-most"


def run(*words: str) -> str:
    out = StringIO()
    call_command("account", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    return str(file)


@pytest.fixture
def _nobody_yet(admin: object) -> None:
    admin.execute("UPDATE teams_membership SET valid_until = now() WHERE role = 'platform_admin'")  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_nobody_yet")
def test_the_first_one_is_made_once(password_file: str) -> None:
    name = f"admin-{make_user().username}"
    said = run("first", "--username", name, "--password-file", password_file)
    assert "security key" in said
    assert PASSWORD not in said
    user = User.objects.get(username=name)
    assert user.check_password(PASSWORD)
    assert [seat.role for seat in actor(user).seats] == ["platform_admin"]
    with pytest.raises(CommandError, match="already"):
        run("first", "--username", "second", "--password-file", password_file)


@pytest.mark.usefixtures("_nobody_yet")
def test_a_weak_password_makes_nobody(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("short")
    with pytest.raises(CommandError, match="password_too_short"):
        run("first", "--username", "weak-admin", "--password-file", str(file))
    assert not User.objects.filter(username="weak-admin").exists()


@pytest.mark.usefixtures("_nobody_yet")
def test_a_taken_name_and_an_absent_file_are_said(password_file: str) -> None:
    with pytest.raises(CommandError, match="username_taken"):
        run("first", "--username", make_user().username, "--password-file", password_file)
    with pytest.raises(CommandError, match="cannot be read"):
        run("first", "--username", "x", "--password-file", "/nowhere/at/all")
    assert not Membership.objects.filter(role="platform_admin", user__username="x").exists()


def test_a_seed_is_set_at_the_server() -> None:
    create_root(None)
    user = make_user()
    said = run("totp", user.username)
    assert said.startswith("otpauth://totp/Spona:")
    assert second_factor.has_one(user)
    with_key(user)
    before = User.objects.get(pk=user.pk).session_round
    run("totp", user.username)
    assert second_factor.kinds_of(user) == {"totp"}, "the key that was lost is gone"
    assert User.objects.get(pk=user.pk).session_round == before + 1
    with pytest.raises(CommandError, match="no such account"):
        run("totp", "nobody-at-all")


def test_with_an_administrator_there_is_no_second_first_one(password_file: str) -> None:
    national("platform_admin")
    with pytest.raises(CommandError, match="already"):
        run("first", "--username", "another", "--password-file", password_file)


@pytest.mark.usefixtures("_nobody_yet")
def test_with_nobody_to_ask_it_says_which_words_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    monkeypatch.setattr("getpass.getpass", nobody)
    for words in (("first",), ("first", "--username", "lonely")):
        with pytest.raises(CommandError, match="nobody to ask"):
            run(*words)
    assert not User.objects.filter(username="lonely").exists()


@pytest.mark.usefixtures("_nobody_yet")
def test_name_and_password_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"asked-{make_user().username}"
    monkeypatch.setattr("builtins.input", lambda _question: f"  {name} ")
    monkeypatch.setattr("getpass.getpass", lambda _question: PASSWORD)
    assert name in run("first")
    assert User.objects.get(username=name).check_password(PASSWORD)
    with pytest.raises(CommandError):
        run()
