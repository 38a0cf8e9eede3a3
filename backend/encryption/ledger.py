"""What was erased, in the database of the keys: the only memory that an older backup of the main one cannot undo.

Random ids and moments, nothing else. The row and the end of the keys are one transaction; the database itself then
takes no key for that owner any more, whoever brings one back (migration 0003).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from backend.encryption.models import ErasedOwner, WrappedKey
from backend.encryption.rewrapping import KEYS

CASE, TEAM = "case", "team"
# What the trigger of migration 0003 raises; PostgreSQL counts it among broken constraints.
REFUSED: Final = "encryption_erasedowner"


class KeyGone(Exception):
    """The owner has no data key: never created, or destroyed by an erasure."""

    def __str__(self) -> str:
        return "The key of this record does not exist or was destroyed."


def destroy(*, owner_id: UUID, team_id: UUID, erasure_id: UUID, kind: str = CASE) -> int:
    """Write the erasure into the ledger and delete the owner's keys, of a team those of all its owners.

    On disk when it returns. Returns how many keys there were: none at a second call, which changes nothing.
    """
    gone = Q(team_id=owner_id) | Q(owner_id=owner_id) if kind == TEAM else Q(owner_id=owner_id)
    row = ErasedOwner(owner_id=owner_id, team_id=team_id, kind=kind, erasure_id=erasure_id)
    with transaction.atomic(using=KEYS, durable=True):
        ErasedOwner.objects.using(KEYS).bulk_create([row], ignore_conflicts=True)
        count, _by_model = WrappedKey.objects.using(KEYS).filter(gone).delete()
    return count


def entries(*, kind: str) -> dict[UUID, ErasedOwner]:
    """Return the ledger of one kind, by owner."""
    return {row.owner_id: row for row in ErasedOwner.objects.using(KEYS).filter(kind=kind)}


def with_key(owners: list[UUID]) -> set[UUID]:
    """Return those of `owners` that have a key."""
    rows = WrappedKey.objects.using(KEYS).filter(owner_id__in=owners)
    return set(rows.values_list("owner_id", flat=True))


@contextmanager
def refused() -> Iterator[None]:
    """Turn the refusal of the database to take a key for something erased into `KeyGone`."""
    try:
        yield
    except IntegrityError as error:
        if REFUSED not in str(error):
            raise
        raise KeyGone from None
