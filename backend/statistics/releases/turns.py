"""One release at a time: what is asked for, and what is published, by whoever comes first."""

import zlib
from typing import Final

from django.db import connections

_KEY: Final = zlib.crc32(b"spona release")


def take_turn() -> None:
    """Wait until nobody else prepares or publishes a release or locks a quarter; until the running transaction ends."""
    _wait("SELECT pg_advisory_xact_lock(%s)")


def hold_back() -> None:
    """Let nobody ask for a release or publish one until the running transaction ends. Many may do so at once."""
    _wait("SELECT pg_advisory_xact_lock_shared(%s)")


def _wait(sql: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, [_KEY])
