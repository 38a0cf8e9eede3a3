"""Each weakness of a configuration is refused at the start, by name; a strong one, and a trial at home, start."""

import base64
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.checks import Tags, run_checks
from django.db import connections
from django.test.utils import override_settings

from api import production
from backend.database_roles import MIGRATE
from backend.database_url import parse_database_url
from backend.demo.accounts import accounts
from backend.demo.people import new_user
from backend.encryption.keyring import create_root
from backend.teams.models import User
from tests.conftest import ADDRESS
from tests.databases import Clones
from tests.world import saved

STRONG: dict[str, Any] = {
    "SPONA_BASE_URL": "https://spona.example.rs",
    "ALLOWED_HOSTS": ["spona.example.rs"],
    "SECRET_KEY": secrets.token_urlsafe(40),
    "SPONA_AUDIT_KEY": secrets.token_bytes(32),
    "SPONA_IDEMPOTENCY_KEY": secrets.token_bytes(32),
    "SPONA_STATISTICS_KEY": secrets.token_bytes(32),
    "SPONA_ACCEPTANCE": False,
}
LOCAL_CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Some are drawn at random, so the cases are named by their number.
WEAK: list[tuple[dict[str, Any], str, str]] = [
    ({"SPONA_BASE_URL": "http://spona.example.rs"}, "api.E010", "needs https"),
    ({"SPONA_BASE_URL": "http://192.0.2.7:8000"}, "api.E010", "needs https"),
    ({"SPONA_BASE_URL": "http://localhost.example.rs"}, "api.E010", "needs https"),
    ({"SPONA_BASE_URL": "ftp://spona.example.rs"}, "api.E010", "SPONA_BASE_URL"),
    ({"SPONA_BASE_URL": "https://"}, "api.E010", "SPONA_BASE_URL"),
    ({"SPONA_BASE_URL": "https://spona.example.rs/path"}, "api.E010", "behind it"),
    ({"SPONA_BASE_URL": "https://a:b@spona.example.rs"}, "api.E010", "behind it"),
    ({"ALLOWED_HOSTS": ["spona.example.rs", "*"]}, "api.E011", "holds *"),
    ({"ALLOWED_HOSTS": ["spona.example.rs", ".rs"]}, "api.E011", "whole domain"),
    ({"ALLOWED_HOSTS": ["localhost"]}, "api.E011", "does not hold"),
    ({"DEBUG": True}, "api.E012", "DEBUG"),
    ({"CACHES": LOCAL_CACHE}, "api.E013", "LocMemCache"),
    ({"SECRET_KEY": "s" * 50}, "api.E014", "SPONA_SECRET_KEY has too few"),
    ({"SECRET_KEY": "django-insecure-" + secrets.token_hex(30)}, "api.E014", "django-insecure"),
    ({"SECRET_KEY": "only-for-tests-" + secrets.token_hex(30)}, "api.E014", "only-for-tests"),
    ({"SECRET_KEY": "Please-change-me-" + secrets.token_hex(30)}, "api.E014", "change-me"),
    ({"SPONA_AUDIT_KEY": b"a" * 32}, "api.E014", "SPONA_AUDIT_KEY"),
    ({"SPONA_IDEMPOTENCY_KEY": bytes(32)}, "api.E014", "SPONA_IDEMPOTENCY_KEY"),
    ({"SPONA_AUDIT_KEY": STRONG["SPONA_IDEMPOTENCY_KEY"]}, "api.E014", "are the same"),
    ({"SPONA_STATISTICS_KEY": bytes(32)}, "api.E014", "SPONA_STATISTICS_KEY"),
    ({"SPONA_STATISTICS_KEY": STRONG["SPONA_AUDIT_KEY"]}, "api.E014", "are the same"),
    ({"SPONA_ACCEPTANCE": True}, "api.E015", "SPONA_ACCEPTANCE"),
]


def found(**weak: Any) -> list[tuple[str, str]]:
    with override_settings(**{**STRONG, **weak}):
        return [(str(one.id), one.msg) for one in production.settings_are_strong()]


@pytest.mark.pure
def test_a_strong_one_starts() -> None:
    assert found() == []
    assert found(SPONA_BASE_URL="https://spona.example.rs:8443") == []


@pytest.mark.pure
@pytest.mark.parametrize(("weak", "number", "word"), WEAK, ids=range(len(WEAK)))
def test_each_weakness_is_named(weak: dict[str, Any], number: str, word: str) -> None:
    named = found(**weak)
    assert number in {one for one, _ in named}
    assert any(word in text for _, text in named)
    for secret in ("SECRET_KEY", "SPONA_AUDIT_KEY"):
        assert str(weak.get(secret, "not there")) not in str(named), "the secret itself is not repeated"


@pytest.mark.pure
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8001", "[::1]:8000", "spona.localhost"])
def test_a_trial_at_home_may_have_what_production_may_not(host: str) -> None:
    weak = {"SPONA_BASE_URL": f"http://{host}", "SPONA_ACCEPTANCE": True, "SECRET_KEY": "s" * 50}
    assert found(**weak) == []
    assert [number for number, _ in found(**weak, CACHES=LOCAL_CACHE)] == ["api.E013"]


@pytest.mark.pure
def test_every_start_runs_these_checks() -> None:
    with override_settings(**{**STRONG, "ALLOWED_HOSTS": ["*"]}):
        assert "api.E011" in {one.id for one in run_checks(tags=[Tags.security])}


def of_database() -> list[str]:
    return [f"{one.id} {one.msg}" for one in production.database_is_narrow()]


@pytest.fixture
def connected_as(database: Clones) -> Iterator[Any]:
    """Connect `default` as another role for the test."""
    before = {name: connections.settings["default"][name] for name in ADDRESS}

    def as_role(address: str) -> None:
        said = parse_database_url(address)
        use({name: said[name] for name in ADDRESS})

    def use(values: dict[str, Any]) -> None:
        connections["default"].close()
        connections.settings["default"].update(values)
        connections["default"].settings_dict.update(values)

    yield as_role
    use(before)


def test_the_services_own_role_is_narrow(database: Clones) -> None:
    assert of_database() == []


def test_a_superuser_is_refused(database: Clones, connected_as: Any) -> None:
    connected_as(database.main.superuser_url)
    said = "\n".join(of_database())
    assert "api.E016" in said
    assert "is a superuser" in said


def test_a_role_that_can_become_the_owner_is_refused(database: Clones, connected_as: Any) -> None:
    connected_as(database.main.url(MIGRATE))
    assert of_database() == [
        "api.E016 The role in SPONA_DATABASE_URL owns tables: the service runs as spona_app."
    ]


def test_a_role_past_row_level_security_is_refused(
    database: Clones, admin: psycopg.Connection, connected_as: Any
) -> None:
    name = f"passes_{os.getpid()}"
    admin.execute(f"CREATE ROLE {name} LOGIN BYPASSRLS PASSWORD 'p' IN ROLE pg_monitor")
    admin.execute(f"GRANT CONNECT ON DATABASE {database.main.name} TO {name}")
    try:
        connected_as(database.main.superuser_url)
        connections.settings["default"].update({"USER": name, "PASSWORD": "p"})
        connections["default"].settings_dict.update({"USER": name, "PASSWORD": "p"})
        assert of_database() == [
            "api.E016 The role in SPONA_DATABASE_URL bypasses row level security: the service runs as spona_app."
        ]
    finally:
        connections["default"].close()
        admin.execute(f"REVOKE CONNECT ON DATABASE {database.main.name} FROM {name}")
        admin.execute(f"DROP ROLE {name}")


def test_a_database_that_does_not_answer_is_one_message(connected_as: Any) -> None:
    connected_as("postgresql://spona_app@/not_there?host=/nonexistent")
    assert of_database() == ["api.E016 The main database cannot be asked: OperationalError."]


def test_accounts_of_the_demo_are_refused_in_production(database: Clones) -> None:
    create_root(None)
    name = accounts()[0].username
    user = User.objects.filter(username=name).first() or new_user(name, display_name=name)
    with override_settings(**STRONG):
        (said,) = of_database()
        assert said.startswith(f"api.E017 {name}")
        user.set_password("sasvim-druga-lozinka-9")
        saved(user)
        assert of_database() == []
    assert of_database() == []
    # Tests commit: leave the name to those of the demo.
    user.username = f"{name}.{user.id.hex}"
    saved(user)


@pytest.mark.parametrize(
    ("weak", "word"),
    [
        ({"SPONA_BASE_URL": "http://spona.example.rs"}, "api.E010"),
        ({"SPONA_ALLOWED_HOSTS": "*"}, "api.E011"),
        ({"SPONA_SECRET_KEY": "short"}, "at least 40 characters"),
        ({"SPONA_AUDIT_KEY": ""}, "SPONA_AUDIT_KEY is not set"),
        ({"SPONA_AUDIT_KEY": "YQ=="}, "SPONA_AUDIT_KEY must be 32 bytes"),
        ({"SPONA_BASE_URL": "https://spona.example.rs", "SPONA_ACCEPTANCE": "1"}, "api.E015"),
    ],
    ids=str,
)
def test_the_service_ends_with_a_message(
    database: Clones, tmp_path: Path, weak: dict[str, str], word: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backend", "check"],
        env={**os.environ, **environment(), **weak},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def environment() -> dict[str, str]:
    drawn = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return {"SPONA_AUDIT_KEY": drawn, "PYTHONPATH": str(django_settings.BASE_DIR)}
