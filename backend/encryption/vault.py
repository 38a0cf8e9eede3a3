"""Data keys of cases: made before the case exists, looked up to seal and open, destroyed to erase.

The keys database runs in autocommit, so a key is on disk before the case that needs it commits. The worst a
crash leaves is a key without a case. Plain keys live for one call; a `lookup` keeps wrapped rows only.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from backend.encryption import cipher
from backend.encryption.cipher import FieldKey, IntegrityFailure, Place
from backend.encryption.envelope import parts
from backend.encryption.keyring import Slot, root_keys, unwrap, wrap
from backend.encryption.models import WrappedKey
from backend.encryption.plaintext import Value
from backend.encryption.primitives import KEY
from backend.prepared import Prepared

KEYS: Final = "keys"

_Rows = dict[UUID, list[WrappedKey]]
_at_hand: ContextVar[_Rows | None] = ContextVar("spona_wrapped_keys", default=None)


class KeyGone(Exception):
    """The owner has no data key: never created, or destroyed by an erasure."""

    def __str__(self) -> str:
        return "The key of this record does not exist or was destroyed."


class Sealed(NamedTuple):
    """One envelope with the record and label it belongs to."""

    record_id: UUID
    label: str
    envelope: bytes | memoryview


@contextmanager
def lookup(owner_ids: Iterable[UUID] = ()) -> Iterator[None]:
    """Ask the keys database once per owner inside this block; the owners named here in one query together.

    One request at most: the wrapped rows are forgotten when the outermost block ends.
    """
    rows = _at_hand.get()
    rows = {} if rows is None else rows
    token = _at_hand.set(rows)
    try:
        if missing := set(owner_ids) - rows.keys():
            rows.update(_fetch(missing))
        yield
    finally:
        _at_hand.reset(token)


def create_key(*, owner_id: UUID, team_id: UUID | None) -> None:
    """Make and durably store the owner's data key under its team's newest root (None: the platform's).

    A second call changes nothing. Raises RootKeyUnusable when the root is absent or unsafe, and RuntimeError
    inside a transaction on the keys database, where "stored" would not be true yet.
    """
    roots = root_keys()
    root = roots.newest(team_id)
    slot = Slot(owner_id=owner_id, team_id=team_id, generation=1)
    wrapped = wrap(roots.kek(team_id, root), dek=secrets.token_bytes(KEY), slot=slot)
    row = WrappedKey(owner_id=owner_id, team_id=team_id, generation=1, root_generation=root, wrapped=wrapped)
    with transaction.atomic(using=KEYS, durable=True):
        WrappedKey.objects.using(KEYS).bulk_create([row], ignore_conflicts=True)


def seal_for(
    *, owner_id: UUID, record_id: UUID, label: str, revision: int, value: Value, floor: int = 64
) -> bytes:
    """Seal a value under the owner's newest data key; raises KeyGone, and what `cipher.seal` raises."""
    key = _plain(_rows(owner_id)[-1])
    place = Place(case_id=owner_id, record_id=record_id, label=label)
    return cipher.seal(key=key, place=place, revision=revision, value=value, floor=floor)


def open_for(*, owner_id: UUID, record_id: UUID, label: str, envelope: bytes | memoryview) -> Value:
    """Open one envelope of the owner; raises KeyGone or IntegrityFailure."""
    return open_many(owner_id=owner_id, sealed=[Sealed(record_id, label, envelope)])[0]


def open_many(*, owner_id: UUID, sealed: Sequence[Sealed]) -> list[Value]:
    """Open envelopes of one owner, in their order, with one key look-up; all of them or an exception."""
    if not sealed:
        return []
    keys = {row.id: _plain(row) for row in _rows(owner_id)}
    return [_open(keys, owner_id, one) for one in sealed]


def destroy(*, owner_id: UUID) -> bool:
    """Erase the owner's data keys for good; on disk when it returns. False when there were none."""
    with transaction.atomic(using=KEYS, durable=True):
        count, _by_model = WrappedKey.objects.using(KEYS).filter(owner_id=owner_id).delete()
    (_at_hand.get() or {}).pop(owner_id, None)
    return count > 0


def _open(keys: dict[UUID, FieldKey], owner_id: UUID, one: Sealed) -> Value:
    key = keys.get(parts(one.envelope).dek_id)
    if key is None:
        raise IntegrityFailure from None
    place = Place(case_id=owner_id, record_id=one.record_id, label=one.label)
    return cipher.open_envelope(key=key, place=place, envelope=one.envelope)


def _rows(owner_id: UUID) -> list[WrappedKey]:
    rows = _at_hand.get()
    rows = {} if rows is None else rows
    if owner_id not in rows:
        rows.update(_fetch([owner_id]))
    if owner_id not in rows:
        raise KeyGone
    return rows[owner_id]


def _fetch(owner_ids: Iterable[UUID]) -> _Rows:
    rows: _Rows = {}
    for row in _WRAPPED.rows(owner_ids=list(owner_ids)):
        rows.setdefault(row.owner_id, []).append(row)
    return rows


def _wrapped(*, owner_ids: Sequence[UUID]) -> QuerySet[WrappedKey]:
    return WrappedKey.objects.filter(owner_id__in=owner_ids).order_by("generation")


_WRAPPED: Final = Prepared(_wrapped, using=KEYS)


def _plain(row: WrappedKey) -> FieldKey:
    slot = Slot(owner_id=row.owner_id, team_id=row.team_id, generation=row.generation)
    # No name for the KEK here: a failing `unwrap` would carry this frame's locals into a traceback.
    kek = root_keys().kek
    dek = unwrap(kek(row.team_id, row.root_generation), wrapped=bytes(row.wrapped), slot=slot)
    return FieldKey(dek=dek, dek_id=row.id, generation=row.generation)
