"""Fixtures for all tests. What uses a database and what does not is explained in tests/README.md."""

import os
import shutil
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
# These make a table long: last, when nobody else reads it whole.
LATE = (
    "api/test_a_page_touches_few_pages_of_the_database.py",
    "api/test_the_second_wall_costs_a_page_little.py",
)
WITH_DATABASE = (
    "api",
    "audit",
    "permissions",
    "backend/cases",
    "backend/demo",
    "backend/directory",
    "backend/erasure",
    "backend/imports",
    "backend/reference",
    "backend/referrals",
    "backend/rights",
    "backend/teams",
)
# For the second Python: the first one looks for counter-examples, the second only runs the code.
# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("whole", deadline=None)
settings.register_profile("brief", deadline=None, max_examples=10)
settings.load_profile("whole")
NO_CHROMIUM = "there is no `chromium` on the PATH (on Debian: apt-get install chromium)."
ADDRESS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "pure: needs no database, though its folder usually does")
    config.addinivalue_line("markers", "database: needs the databases, though its folder usually does not")
    if os.environ.get("SPONA_TEST_BROWSER") == "required" and not shutil.which("chromium"):
        raise pytest.UsageError(f"SPONA_TEST_BROWSER=required, and {NO_CHROMIUM}")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the browser tests out where there is no Chromium."""
    missing = collection_path.is_relative_to(HERE / "browser") and not shutil.which("chromium")
    return missing or None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not shutil.which("chromium"):
        terminalreporter.write_line(f"Browser tests did not run: {NO_CHROMIUM}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses a database as `database`, and give it the fixture of that name."""
    for item in items:
        if _uses_database(item):
            item.add_marker("database")
            item.fixturenames.insert(0, "database")  # type: ignore[attr-defined]
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    turns = ((0, EARLY), (2, LATE))
    return next((at for at, named in turns if any(item.path.is_relative_to(HERE / one) for one in named)), 1)


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
