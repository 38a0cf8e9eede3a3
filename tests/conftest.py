"""Fixtures for all tests. What uses a database and what does not is explained in tests/README.md."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from backend import asker
from backend.database_roles import APP
from backend.database_url import parse_database_url
from tests.databases import EVERYTHING, UNWALLED, Clones, cloned

HERE = Path(__file__).resolve().parent
# These look at every row there is, as several people: first, while there are few.
EARLY = (
    "permissions",
    "backend/referrals/test_the_doctor_compares_both_walls.py",
    "backend/referrals/test_the_doctor_finds_grants_without_a_reason.py",
)
WITH_DATABASE = (
    "api",
    "audit",
    "permissions",
    "backend/cases",
    "backend/demo",
    "backend/directory",
    "backend/imports",
    "backend/reference",
    "backend/referrals",
    "backend/teams",
)
# For the second Python: the first one looks for counter-examples, the second only runs the code.
settings.register_profile("brief", max_examples=10)
ADDRESS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "pure: needs no database, though its folder usually does")
    config.addinivalue_line("markers", "database: needs the databases, though its folder usually does not")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses a database as `database`, and give it the fixture of that name."""
    for item in items:
        if _uses_database(item):
            item.add_marker("database")
            item.fixturenames.insert(0, "database")  # type: ignore[attr-defined]
    items.sort(key=lambda item: not any(item.path.is_relative_to(HERE / one) for one in EARLY))


def _uses_database(item: pytest.Item) -> bool:
    """A fixture decides, else the nearest mark, else the folder."""
    if "database" in getattr(item, "fixturenames", ()):
        return True
    for mark in item.iter_markers():
        if mark.name in {"database", "pure"}:
            return mark.name == "database"
    return any(item.path.is_relative_to(HERE / folder) for folder in WITH_DATABASE)


@pytest.fixture(scope="session")
def database(django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[Clones]:
    """Both databases, migrated, this worker's own; Django's connections are spona_app's. Nothing is rolled
    back."""
    role = UNWALLED if os.environ.get("SPONA_TEST_WALL_TWO") == "off" else APP
    with cloned(worker_id) as clones, pytest.MonkeyPatch.context() as patch:
        for aliases, clone, name in (
            (("default", "outside"), clones.main, "SPONA_DATABASE_URL"),
            (("keys",), clones.keys, "SPONA_KEYS_DATABASE_URL"),
        ):
            patch.setenv(name, clone.url(role if clone is clones.main else APP))
            found = parse_database_url(os.environ[name])
            for alias in aliases:
                connections.settings[alias].update({key: found[key] for key in ADDRESS})
        patch.setattr(asker, "ambient", EVERYTHING)
        with django_db_blocker.unblock():
            yield clones
            connections.close_all()


@pytest.fixture
def django_db_setup() -> None:
    """In the place of pytest-django's own: its mark rolls back, and here tests commit."""
    pytest.fail("Use the mark `database` instead of `django_db`: tests commit (tests/README.md).")


@pytest.fixture
def admin(database: Clones) -> Iterator[psycopg.Connection]:
    """A superuser's connection to this worker's main database, in autocommit: sees what spona_app may not."""
    with database.main.by_hand() as connection:
        yield connection


@pytest.fixture
def keys_admin(database: Clones) -> Iterator[psycopg.Connection]:
    """The same for the keys database."""
    with psycopg.connect(database.keys.superuser_url, autocommit=True) as connection:
        yield connection
