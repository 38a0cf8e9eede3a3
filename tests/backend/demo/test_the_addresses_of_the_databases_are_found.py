"""Where the acceptance document takes the addresses from: the environment, and the embedded default's secrets."""

from pathlib import Path

import pytest

from backend.database_roles import LOGINS
from backend.demo.acceptance_databases import databases

pytestmark = pytest.mark.pure
APP = "postgresql://spona_app:from-here@db.example:5432/spona?sslmode=require"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `var`, empty, and an environment that names only the service's own address."""
    for name in ("SPONA_ADMIN_DATABASE_URL", "SPONA_KEYS_ADMIN_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SPONA_DATABASE_URL", APP)
    monkeypatch.setenv("SPONA_VAR_DIR", str(tmp_path))
    return tmp_path


def draw(place: Path, **passwords: str) -> None:
    (place / "secrets").mkdir()
    for role, password in passwords.items():
        (place / "secrets" / f"password.{role}").write_text(password, encoding="ascii")


def test_what_nobody_said_is_null(place: Path) -> None:
    found = databases()
    assert found["app_url"] == APP
    assert found["admin_url"] is None
    assert found["keys_admin_url"] is None
    assert {role for role, address in found["roles"].items() if address} == {"spona_app"}
    assert set(found["roles"]) == set(LOGINS)


def test_what_the_environment_says_is_repeated(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPONA_ADMIN_DATABASE_URL", "postgresql://root@db.example/spona")
    monkeypatch.setenv("SPONA_KEYS_ADMIN_DATABASE_URL", "postgresql://root@keys.example/spona_keys")
    found = databases()
    assert found["admin_url"] == "postgresql://root@db.example/spona"
    assert found["keys_admin_url"] == "postgresql://root@keys.example/spona_keys"


def test_an_address_may_come_from_a_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = place / "admin"
    file.write_text("postgresql://root@db.example/spona\n", encoding="utf-8")
    monkeypatch.setenv("SPONA_ADMIN_DATABASE_URL_FILE", str(file))
    assert databases()["admin_url"] == "postgresql://root@db.example/spona"


def test_a_password_that_is_given_makes_an_address(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPONA_MIGRATE_PASSWORD", "p@ss/word")
    address = databases()["roles"]["spona_migrate"]
    assert address == "postgresql://spona_migrate:p%40ss%2Fword@db.example:5432/spona?sslmode=require"


def test_the_passwords_of_the_embedded_default_belong_to_its_own_servers(place: Path) -> None:
    draw(place, spona_app="from-here", spona_stats="drawn", spona_worker="too")
    roles = databases()["roles"]
    assert roles["spona_stats"] == "postgresql://spona_stats:drawn@db.example:5432/spona?sslmode=require"
    assert roles["spona_worker"] is not None
    assert roles["spona_backup"] is None


def test_and_to_no_other_servers(place: Path) -> None:
    draw(place, spona_app="of other servers", spona_stats="drawn")
    roles = databases()["roles"]
    assert roles["spona_app"] == APP
    assert roles["spona_stats"] is None


def test_an_address_without_a_password_is_nobodys(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPONA_DATABASE_URL", "postgresql://spona_app@db.example/spona")
    assert set(databases()["roles"].values()) == {None}


def test_the_tables_are_named_as_the_database_names_them(place: Path) -> None:
    assert databases()["tables"] == {
        "audit": "audit_entry",
        "membership": "teams_membership",
        "memorandum": "teams_memorandum",
        "user": "teams_user",
    }
