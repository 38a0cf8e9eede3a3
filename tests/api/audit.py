"""What the audit says, for tests: read as the administrator, because the service itself may not read it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

NATIONAL = UUID(int=0)


class Audit:
    """Entries since the test began."""

    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        self.connection = connection
        self.known = {row["id"] for row in connection.execute("SELECT id FROM audit_entry").fetchall()}

    @classmethod
    @contextmanager
    def since_now(cls, address: str) -> Iterator["Audit"]:
        with psycopg.connect(address, autocommit=True, row_factory=dict_row) as connection:
            yield cls(connection)

    def entries(self, **wanted: Any) -> list[dict[str, Any]]:
        """Return the new entries whose columns have these values, oldest first, with the body as `said`."""
        rows = self.connection.execute("SELECT * FROM audit_entry ORDER BY at").fetchall()
        new = [{**row, "said": json.loads(bytes(row["body"]))} for row in rows if row["id"] not in self.known]
        return [row for row in new if all(row[name] == value for name, value in wanted.items())]

    def denied(self, **wanted: Any) -> list[dict[str, Any]]:
        return self.entries(outcome="denied", **wanted)
