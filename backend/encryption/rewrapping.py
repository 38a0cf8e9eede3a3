"""Wraps data keys anew when a root has rotated, while everybody goes on reading them. No envelope changes.

Each row is changed only if it still is what was read (compare and set), so that neither an erasure nor another run is
undone. A batch is one short transaction on the keys database: a run that is killed has done whole batches.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connections, transaction
from django.db.models import QuerySet

from backend.encryption.envelope import IntegrityFailure
from backend.encryption.keyring import RootKeyUnusable, Slot, root_keys, unwrap, wrap
from backend.encryption.models import WrappedKey

KEYS: Final = "keys"
BATCH: Final = 500
FIRST: Final = UUID(int=0)
_SET: Final = """
    UPDATE encryption_wrappedkey AS k SET root_generation = %s, wrapped = n.wrapped
    FROM unnest(%s::uuid[], %s::int[], %s::bytea[], %s::bytea[]) AS n(id, root, was, wrapped)
    WHERE k.id = n.id AND k.root_generation = n.root AND k.wrapped = n.was
"""
_Kek = Callable[[UUID | None, int], bytes]


class Batch(NamedTuple):
    """What one batch did: rows wrapped anew, the ids of those that do not open, and where the next one begins."""

    done: int
    failed: tuple[UUID, ...]
    last: UUID


def behind(team_id: UUID | None) -> "QuerySet[WrappedKey]":
    """Return the rows of a team (None: the platform) that another root than its newest wraps.

    Raises RootKeyUnusable where the team has no root key.
    """
    newest = root_keys().newest(team_id)
    return WrappedKey.objects.using(KEYS).filter(team_id=team_id).exclude(root_generation=newest)


def rewrap_batch(team_id: UUID | None, *, after: UUID = FIRST, size: int = BATCH) -> Batch | None:
    """Wrap the next rows of a team under its newest root, in the order of their ids; None when there are no more."""
    rows = behind(team_id).filter(id__gt=after).order_by("id")
    with transaction.atomic(using=KEYS, durable=True):
        found = list(rows.select_for_update()[:size])
        if not found:
            return None
        done, failed = _rewrap(found, newest=root_keys().newest(team_id))
    return Batch(done, failed, found[-1].id)


def rewrap_owner(owner_id: UUID) -> None:
    """Wrap the data keys of one owner under the newest root of its team."""
    with transaction.atomic(using=KEYS, durable=True):
        rows = WrappedKey.objects.using(KEYS).filter(owner_id=owner_id).order_by("id").select_for_update()
        for row in rows:
            _rewrap([row], newest=root_keys().newest(row.team_id))


def _rewrap(rows: Sequence[WrappedKey], *, newest: int) -> tuple[int, tuple[UUID, ...]]:
    kek = cache(root_keys().kek)  # a file is read once for a batch, and forgotten with it
    both = [(row, _anew(row, kek, newest)) for row in rows]
    made = [(row, wrapped) for row, wrapped in both if wrapped is not None]
    columns = (
        [row.id for row, _ in made],
        [row.root_generation for row, _ in made],
        [bytes(row.wrapped) for row, _ in made],
        [wrapped for _, wrapped in made],
    )
    with connections[KEYS].cursor() as cursor:
        cursor.execute(_SET, [newest, *columns])
        done = cursor.rowcount
    return done, tuple(row.id for row, wrapped in both if wrapped is None)


def _anew(row: WrappedKey, kek: _Kek, newest: int) -> bytes | None:
    """Return the data key under the newest root; None where it does not open, or its old root is not there."""
    slot = Slot(owner_id=row.owner_id, team_id=row.team_id, generation=row.generation)
    new = kek(row.team_id, newest)
    try:
        dek = unwrap(kek(row.team_id, row.root_generation), wrapped=bytes(row.wrapped), slot=slot)
    except (IntegrityFailure, RootKeyUnusable):
        return None
    return wrap(new, dek=dek, slot=slot)
