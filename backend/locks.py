"""Work that only one process may do at a time, held by the database for as long as the process lives."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Try to take the lock `name`; yield whether this process has it. A killed process loses it at once."""
    key = zlib.crc32(f"spona {name}".encode())
    with connections["outside"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        row = cursor.fetchone()
        mine = bool(row and row[0])
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
