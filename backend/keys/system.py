"""By whom keys are changed: a named job, and one run at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import transaction

from backend import asker
from backend.locks import alone
from permissions.actor import Actor

CUSTODIAN: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000021"), kind="system")


class KeysBusy(Exception):
    """Another run changes keys right now."""

    def __str__(self) -> str:
        return "Another `spona keys` is at work. It loses its lock when it ends, however it ends."


@contextmanager
def changing_keys() -> Iterator[None]:
    """Be the only one who rotates, re-keys or retires. Raises KeysBusy."""
    with alone("keys") as mine:
        if not mine:
            raise KeysBusy
        yield


@contextmanager
def as_custodian() -> Iterator[None]:
    """Work as the job `rekeying`, in a transaction on the main database."""
    with asker.working_as(asker.REKEYING), transaction.atomic():
        yield
