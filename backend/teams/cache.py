"""The cache that all workers share: counters of limits and the codes that were used already.

A table of the main database, on the alias `outside`, so that a rolled back request does not forget what it
counted.
Values are JSON: Django's own database cache pickles them, which would let a writer of the table run code in
the
service, and counts the table at every write.
"""

import json
import random
from collections.abc import Sequence
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections

ALIAS = "outside"
# One write in this many removes what has expired.
SWEEP_EVERY = 200

_GET = "SELECT value FROM spona_cache WHERE cache_key = %s AND (expires IS NULL OR expires > now())"
_END = "now() + make_interval(secs => %s::double precision)"
_PUT = (
    f"INSERT INTO spona_cache (cache_key, value, expires) VALUES (%s, %s, {_END}) "  # noqa: S608 - constants
    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)
_ADD = f"{_PUT} WHERE spona_cache.expires <= now()"
_TOUCH = (
    f"UPDATE spona_cache SET expires = {_END} "  # noqa: S608 - constants
    "WHERE cache_key = %s AND (expires IS NULL OR expires > now())"
)
_INCR = (
    "UPDATE spona_cache SET value = (value::bigint + %s)::text "
    "WHERE cache_key = %s AND (expires IS NULL OR expires > now()) RETURNING value"
)
_DELETE = "DELETE FROM spona_cache WHERE cache_key = %s AND (expires IS NULL OR expires > now())"
_SWEEP = "DELETE FROM spona_cache WHERE expires <= now()"


class OutsideCache(BaseCache):
    """A cache in the table `spona_cache`, judged by the database's clock. Values are what JSON can say."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        del location  # the table has one name, the migration gives it
        super().__init__(params)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        row = self._row(_GET, [self._key(key, version)])
        return default if row is None else json.loads(row[0])

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._sweep()
        self._run(_PUT, [self._key(key, version), json.dumps(value), self._seconds(timeout)])

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store unless it is there. Of two at once exactly one gets True."""
        self._sweep()
        return self._run(_ADD, [self._key(key, version), json.dumps(value), self._seconds(timeout)]) == 1

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._run(_TOUCH, [self._seconds(timeout), self._key(key, version)]) == 1

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._run(_DELETE, [self._key(key, version)]) == 1

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on, in one statement. Raises ValueError for a key that is not there, as Django asks."""
        row = self._row(_INCR, [delta, self._key(key, version)])
        if row is None:
            raise ValueError("There is no such key.")
        return int(row[0])

    def clear(self) -> None:
        self._run("DELETE FROM spona_cache", [])

    def _key(self, key: Any, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _seconds(self, timeout: Any) -> float | None:
        chosen = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if chosen is None else float(chosen)

    def _run(self, statement: str, values: Sequence[str | float | None]) -> int:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)

    def _row(self, statement: str, values: Sequence[str | float | None]) -> tuple[Any, ...] | None:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(statement, values)
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def _sweep(self) -> None:
        if random.randrange(SWEEP_EVERY) == 0:  # noqa: S311 - when to tidy up is no secret
            self._run(_SWEEP, [])
