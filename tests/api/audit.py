"""What the audit says, for tests: read as the administrator, because the service itself may not read it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

NATIONAL = UUID(int=0)
# The first condition is for the index: a worker's database holds the entries of all tests that ran before.
NEW = """
    SELECT * FROM audit_entry WHERE written_in >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
    AND NOT pg_visible_in_snapshot(written_in, %(seen)s::pg_snapshot) ORDER BY at
"""


class Audit:
    """Entries since the test began."""

    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        self.connection = connection
        self.before = connection.execute("SELECT pg_current_snapshot()::text AS seen").fetchone()

    @classmethod
    @contextmanager
    def since_now(cls, address: str) -> Iterator["Audit"]:
        with psycopg.connect(address, autocommit=True, row_factory=dict_row) as connection:
            # Calls that earlier tests were refused would be written down by a later minute, which may be this test's.
            connection.execute("DELETE FROM api_throttledcalls")
            yield cls(connection)

    def entries(self, **wanted: Any) -> list[dict[str, Any]]:
        """Return the new entries whose columns have these values, oldest first, with the body as `said`."""
        rows = self.connection.execute(NEW, self.before).fetchall()
        new = [{**row, "said": json.loads(bytes(row["body"]))} for row in rows]
        return [row for row in new if all(row[name] == value for name, value in wanted.items())]

    def denied(self, **wanted: Any) -> list[dict[str, Any]]:
        return self.entries(outcome="denied", **wanted)
