"""What the database itself shows to somebody: a connection of spona_app's own, without a line of our Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from permissions.rls import WALLS
from tests.databases import Clones
from tests.world import newest

APPEND = "audit_entry"
WITHOUT_TEAM = frozenset({"api_idempotencyrecord", "statistics_release"})


@dataclass
class Window:
    """Rows of a table as one person, one job, or nobody sees them. `known`: the reach is worked out once."""

    connection: psycopg.Connection[Any]
    known: bool = True

    @contextmanager
    def asked_by(self, user_id: UUID | None, *, team_id: UUID | None = None, job: str = "") -> Iterator[None]:
        """Let somebody ask, in a transaction that is rolled back."""
        with self.connection.transaction(force_rollback=True):
            if self.known:
                self.connection.execute("SELECT spona.enter(%s, %s, %s)", [user_id, team_id, job])
            else:
                for name, value in (("user_id", user_id), ("team_id", team_id), ("job", job)):
                    said = "" if value is None else str(value)
                    self.connection.execute("SELECT set_config(%s, %s, true)", [f"spona.{name}", said])
            yield

    def rows(self, table: str) -> set[Any]:
        """Return the ids that are shown of the teams made last: all of them, late in a run, would take minutes."""
        text = sql.SQL("SELECT id FROM {}").format(sql.Identifier(table))
        if table in WITHOUT_TEAM:
            return {row[0] for row in self.connection.execute(text)}
        found = self.connection.execute(text + sql.SQL(" WHERE team_id = ANY (%s)"), [list(newest)])
        return {row[0] for row in found}

    def seen_by(self, user_id: UUID | None, table: str, **more: Any) -> set[Any]:
        with self.asked_by(user_id, **more):
            return self.rows(table)


@contextmanager
def window(database: Clones, *, known: bool = True) -> Iterator[Window]:
    with psycopg.connect(database.main.url("spona_app"), autocommit=True) as connection:
        yield Window(connection, known)


def readable() -> list[str]:
    """Return the walled tables of which the service may read rows at all."""
    return sorted(name for name, wall in WALLS.items() if name != APPEND and not wall.behind)
