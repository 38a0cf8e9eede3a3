"""Waits until every transaction of the service that is open now has ended.

What somebody has read of keys and envelopes lives no longer than the transaction it was read in. So when all that were
open have ended, nobody holds what was there before, and nobody will write it back. Transactions that begin meanwhile
are not waited for. Every open transaction holds a lock on its own virtual id; the catalogue of locks is seen by all.
"""

import time
from typing import Final

from django.db import connections

PATIENCE: Final = 600.0
PAUSE: Final = 0.01
_OPEN: Final = """
    SELECT l.virtualtransaction FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'virtualxid' AND a.usename = session_user AND a.datname = current_database()
    AND l.pid <> pg_backend_pid()
"""


class StillOpen(Exception):
    """A transaction of the service has not ended for ten minutes."""

    def __str__(self) -> str:
        return "A transaction of the service has been open for ten minutes. Run the command again when it has ended."


def until_all_have_ended(*, patience: float = PATIENCE) -> None:
    """Return when the transactions that are open now have ended. Raises StillOpen after `patience` seconds."""
    left, deadline = _open(), time.monotonic() + patience
    while left:
        if time.monotonic() > deadline:
            raise StillOpen
        time.sleep(PAUSE)
        left &= _open()


def _open() -> set[str]:
    with connections["outside"].cursor() as cursor:
        cursor.execute(_OPEN)
        return {name for (name,) in cursor.fetchall()}
