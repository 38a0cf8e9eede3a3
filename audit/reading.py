"""Reads the audit in the only way there is: as the reviewer, who sees what the one who asks may review."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connections, transaction

REVIEWER: Final = "spona_review"
_ALIAS: Final = "default"


@contextmanager
def as_reviewer() -> Iterator[None]:
    """Be the reviewer in the running transaction, or in one of its own: nothing can be written meanwhile.

    Only `audit_entry` can be read, row by row as `permissions.rls` says of whoever asks. After an exception the
    transaction can only roll back, and the role goes with it.
    """
    with transaction.atomic(using=_ALIAS, savepoint=False):
        with connections[_ALIAS].cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {REVIEWER}")
        yield
        with connections[_ALIAS].cursor() as cursor:
            cursor.execute("RESET ROLE")
