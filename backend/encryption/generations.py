"""More than one data key of an owner: how a re-keying adds the next one, and destroys those that nothing names.

An owner whose keys were destroyed by an erasure gets none: a key is added only where one is, with its row locked.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction

from backend.encryption.envelope import LAST_GENERATION
from backend.encryption.keyring import Slot, root_keys
from backend.encryption.models import WrappedKey
from backend.encryption.rewrapping import KEYS
from backend.encryption.vault import new_key


class NoGenerationLeft(Exception):
    """An owner has had 65535 data keys: an envelope could not name the next one."""


def of_owners(owner_ids: Collection[UUID]) -> dict[UUID, list[WrappedKey]]:
    """Return the wrapped keys of each owner that has any, the newest last."""
    found: dict[UUID, list[WrappedKey]] = {}
    rows = WrappedKey.objects.using(KEYS).filter(owner_id__in=owner_ids).order_by("owner_id", "generation")
    for row in rows:
        found.setdefault(row.owner_id, []).append(row)
    return found


def unfinished(owner_ids: Collection[UUID]) -> list[UUID]:
    """Return the owners with more than one data key: a re-keying of theirs has begun and not ended."""
    return sorted(owner for owner, rows in of_owners(owner_ids).items() if len(rows) > 1)


def add(owner_ids: Collection[UUID]) -> list[UUID]:
    """Give each owner that has a data key the next one, all in one transaction; return those owners.

    Raises NoGenerationLeft, RootKeyUnusable.
    """
    held = WrappedKey.objects.using(KEYS).filter(owner_id__in=owner_ids).order_by("id")
    with transaction.atomic(using=KEYS, durable=True):
        newest: dict[UUID, WrappedKey] = {}
        for row in held.select_for_update():
            known = newest.get(row.owner_id)
            newest[row.owner_id] = row if known is None or known.generation < row.generation else known
        WrappedKey.objects.using(KEYS).bulk_create(_next(newest.values()), batch_size=1000)
    return sorted(newest)


def _next(rows: Iterable[WrappedKey]) -> list[WrappedKey]:
    roots = root_keys()
    newest = {team: roots.newest(team) for team in {row.team_id for row in rows}}
    return [_after(row, root=newest[row.team_id]) for row in rows]


def _after(row: WrappedKey, *, root: int) -> WrappedKey:
    if row.generation >= LAST_GENERATION:
        raise NoGenerationLeft
    return new_key(Slot(owner_id=row.owner_id, team_id=row.team_id, generation=row.generation + 1), root=root)


def destroy_old(owner_ids: Sequence[UUID]) -> int:
    """Destroy every data key of these owners but the newest. Nothing may name the old ones any more.

    What is deleted is what was read: a key that is added meanwhile stays.
    """
    old = [row.id for rows in of_owners(owner_ids).values() for row in rows[:-1]]
    with transaction.atomic(using=KEYS, durable=True):
        count, _by_model = WrappedKey.objects.using(KEYS).filter(id__in=old).delete()
    return count
