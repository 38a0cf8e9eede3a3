"""Tables for the lamps, and eyes for what the service writes but cannot read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from audit.models import Entry
from tests.audit import lamps
from tests.audit.lamps import Lamp

COLUMNS = tuple(field.column for field in Entry._meta.concrete_fields)
Reader = Callable[[UUID], list[Entry]]
QueryCounter = Callable[[str], AbstractContextManager[list[str]]]


@pytest.fixture
def read_log(database: None, admin: Any) -> Reader:
    """Return the entries of a log, oldest first, read on the administrator's connection."""

    def read(log: UUID) -> list[Entry]:
        rows = admin.execute(
            f"SELECT {', '.join(COLUMNS)} FROM audit_entry WHERE log = %s ORDER BY at",
            [log],
        ).fetchall()
        return [Entry(**dict(zip(COLUMNS, row, strict=True))) for row in rows]

    return read


@pytest.fixture
def team() -> UUID:
    return uuid4()


@pytest.fixture
def lamps_table(database: None, admin: Any) -> Iterator[None]:
    """The tables of the lamps, in this worker's own clone, for one test."""
    admin.execute(lamps.removal())
    for statement in lamps.statements():
        admin.execute(statement)
    yield
    admin.execute(lamps.removal())


@pytest.fixture
def unsaved_lamp(lamps_table: None, team: UUID) -> Lamp:
    return Lamp(team_id=team, colour="white")


@pytest.fixture
def count_queries(database: None) -> QueryCounter:
    """Collect the statements that reach the database of an alias."""

    @contextmanager
    def collect(alias: str) -> Iterator[list[str]]:
        statements: list[str] = []

        def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            statements.append(sql)
            return execute(sql, *rest)

        with connections[alias].execute_wrapper(note):
            yield statements

    return collect
