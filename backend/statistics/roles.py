"""Reaches the schema of facts in the only way there is: as one of its two roles, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from permissions.rls_statistics import FACTS_ROLE, STATS_ROLE

_ALIAS = "default"


@contextmanager
def reading() -> Iterator[Any]:
    """Be who reads facts, and yield a cursor: rows as `permissions.rls_statistics` shows them to whoever asks."""
    with _as(STATS_ROLE) as cursor:
        yield cursor


@contextmanager
def adding() -> Iterator[Any]:
    """Be who adds facts, and yield a cursor: nothing can be read, and nothing else written."""
    with _as(FACTS_ROLE) as cursor:
        yield cursor


@contextmanager
def _as(role: str) -> Iterator[Any]:
    """After an exception the transaction can only roll back, and the role goes with it."""
    with transaction.atomic(using=_ALIAS, savepoint=False), connections[_ALIAS].cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor
        cursor.execute("RESET ROLE")
