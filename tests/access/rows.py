"""What a request changed in the database, seen by its administrator: every table that the service writes rows of.

A row that was written since a moment carries a younger transaction in `xmin`; a row that is gone shows in the count.
"""

from typing import Any, Final

import psycopg
from psycopg import sql

# Not rows of the domain: the audit and what the service counts and remembers about requests.
APART: Final = ("audit_", "api_", "django_", "auth_", "spona_cache", "account_", "mfa_", "teams_session")
_TABLES: Final = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1
"""


class Watch:
    """Says what was written since the last look. One for each world."""

    def __init__(self, admin: psycopg.Connection[Any]) -> None:
        self.admin = admin
        tables = [name for (name,) in admin.execute(_TABLES).fetchall() if not name.startswith(APART)]
        named = [(sql.Literal(name), sql.Identifier(name)) for name in tables]
        self._numbers = _union("SELECT {}::text, count(*) FROM {}", named)
        self._written = _union(
            "SELECT {}::text, to_jsonb(t)::text FROM {} t WHERE t.xmin::text::bigint >= %(since)s", named
        )
        self.look()

    def look(self) -> None:
        """Take what stands there now for given."""
        self.counts = dict(self.admin.execute(self._numbers).fetchall())
        row = self.admin.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert row is not None
        self.since = int(row[0])

    def written(self) -> list[tuple[str, str]]:
        """Return table and content of each row written since the last look, and of tables that became shorter."""
        before = self.counts
        found: list[tuple[str, str]] = self.admin.execute(self._written, {"since": self.since}).fetchall()
        self.look()
        return found + [(name, "removed") for name, count in self.counts.items() if count < before[name]]


def _union(one: str, named: list[tuple[sql.Literal, sql.Identifier]]) -> sql.Composed:
    return sql.SQL(" UNION ALL ").join(sql.SQL(one).format(literal, table) for literal, table in named)
