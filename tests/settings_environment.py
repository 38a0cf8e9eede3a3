"""Loaded by pytest before Django's settings (`-p` in pyproject.toml): gives them the secrets and places of
a test run.

The databases named here do not exist. They are started only when a test asks for them (see
tests/README.md), and the connections are pointed at them then; a pure test that reaches for a database
fails.
"""

import base64
import os
import shutil
from pathlib import Path

import pytest

from backend.encryption.keyring import RootKeys

FOLDER = Path(__file__).resolve().parent.parent / "var" / "test"
KEYS = FOLDER / "root-keys" / str(os.getpid())
NOWHERE = "postgresql://spona_app@/not_started?host=/nonexistent"

KEPT = "SPONA_TEST_"
for name in [name for name in os.environ if name.startswith("SPONA_") and not name.startswith(KEPT)]:
    del os.environ[name]
os.environ.update(
    SPONA_SECRET_KEY="only-for-tests-" + "s" * 40,
    SPONA_AUDIT_KEY=base64.urlsafe_b64encode(b"a" * 32).decode(),
    SPONA_IDEMPOTENCY_KEY=base64.urlsafe_b64encode(b"i" * 32).decode(),
    SPONA_STATISTICS_KEY=base64.urlsafe_b64encode(b"t" * 32).decode(),
    SPONA_KEYS_DIR=str(KEYS),
    SPONA_DATABASE_URL=NOWHERE,
    SPONA_KEYS_DATABASE_URL=NOWHERE,
    SPONA_EMAIL_URL=f"file://{FOLDER / 'mail'}",
    # `SPONA_TEST_WALL_ONE=off pytest ...` takes the first wall away, `SPONA_TEST_WALL_TWO=off` the second.
    SPONA_WALL_ONE=os.environ.get("SPONA_TEST_WALL_ONE", "on"),
)


def pytest_configure(config: pytest.Config) -> None:
    KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    RootKeys(KEYS).create(None)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(KEYS, ignore_errors=True)
