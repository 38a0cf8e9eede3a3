"""A demo of fourteen cases in databases of its own: the other tests' teams would have it refused.

It is built once for this process. While one of its tests runs, Django's connections are pointed at it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from backend.database_roles import APP
from backend.database_url import parse_database_url
from tests.conftest import ADDRESS
from tests.databases import Clones, cloned

CASES = 14


@dataclass(frozen=True)
class Said:
    """What a command wrote."""

    out: str
    err: str


def run(command: str, *arguments: str, **options: Any) -> Said:
    """Run a management command in this process."""
    out, err = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=err, **options)
    return Said(out.getvalue(), err.getvalue())


def demo(cases: int = CASES, **options: Any) -> Said:
    return run("demo", cases=cases, processes=1, **options)


@contextmanager
def pointed_at(clones: Clones) -> Iterator[None]:
    """Point Django's connections and the environment at other databases, and back again."""
    places = {"default": clones.main, "outside": clones.main, "keys": clones.keys}
    before = {alias: {key: connections.settings[alias][key] for key in ADDRESS} for alias in places}
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch:
        for alias, clone in places.items():
            found = parse_database_url(clone.url(APP))
            connections.settings[alias].update({key: found[key] for key in ADDRESS})
        patch.setenv("SPONA_DATABASE_URL", clones.main.url(APP))
        patch.setenv("SPONA_KEYS_DATABASE_URL", clones.keys.url(APP))
        patch.setenv("SPONA_ADMIN_DATABASE_URL", clones.main.superuser_url)
        patch.setenv("SPONA_KEYS_ADMIN_DATABASE_URL", clones.keys.superuser_url)
        try:
            yield
        finally:
            connections.close_all()
            for alias, address in before.items():
                connections.settings[alias].update(address)


@pytest.fixture(scope="session")
def built(
    database: Clones, worker_id: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Clones, Said]]:
    with cloned(f"{worker_id}demo") as clones, django_db_blocker.unblock():
        with pointed_at(clones):
            said = demo()
        yield clones, said


@pytest.fixture
def seeded(built: tuple[Clones, Said]) -> Iterator[Said]:
    """What the first run said; the test runs on the databases that it filled."""
    clones, said = built
    with pointed_at(clones):
        yield said


@pytest.fixture
def demo_admin(built: tuple[Clones, Said]) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the demo's main database."""
    with psycopg.connect(built[0].main.superuser_url, autocommit=True) as connection:
        yield connection


def counts(admin: psycopg.Connection) -> dict[str, int]:
    """Return how many rows every table has."""
    tables = admin.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'").fetchall()
    return {table: admin.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for (table,) in tables}  # type: ignore[index]
