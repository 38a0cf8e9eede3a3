"""Data keys of cases: made before the case exists, looked up to seal and open, destroyed to erase.

The keys database runs in autocommit, so a key is on disk before the case that needs it commits. The worst a
crash leaves is a key without a case. Plain keys live for one call; a `lookup` keeps wrapped rows only.

Read, seal and save in one transaction of the main database: re-keying destroys an old data key only when every
transaction that may have seen it has ended (`backend.keys.rekeying`).
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from backend.encryption import cipher, rewrapping
from backend.encryption.cipher import FieldKey, IntegrityFailure, Place
from backend.encryption.envelope import Where, parts
from backend.encryption.keyring import RootKeyUnusable, Slot, root_keys, unwrap, wrap
from backend.encryption.ledger import KeyGone, refused
from backend.encryption.models import WrappedKey
from backend.encryption.plaintext import Value
from backend.encryption.primitives import KEY, derive
from backend.encryption.rewrapping import KEYS
from backend.prepared import Prepared

__all__ = [
    "KEYS", "KeyGone", "Sealed", "create_key", "derived", "destroy", "lookup", "new_key",
    "open_for", "open_many", "seal_for",
]  # fmt: skip

_Rows = dict[UUID, list[WrappedKey]]
_at_hand: ContextVar[_Rows | None] = ContextVar("spona_wrapped_keys", default=None)


class Sealed(NamedTuple):
    """One envelope with the record and label it belongs to, and the revision that its row counts.

    Without a revision an older envelope of the same place opens: None is for the few that nothing counts.
    """

    record_id: UUID
    label: str
    envelope: bytes | memoryview
    revision: int | None = None


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

    A second call changes nothing. Raises RootKeyUnusable when the root is absent or unsafe, KeyGone for an owner or a
    team that was erased, and RuntimeError inside a transaction on the keys database, where "stored" would not be true
    yet.
    """
    roots = root_keys()
    root = roots.newest(team_id)
    row = new_key(Slot(owner_id=owner_id, team_id=team_id, generation=1), root=root)
    with refused(), transaction.atomic(using=KEYS, durable=True):
        WrappedKey.objects.using(KEYS).bulk_create([row], ignore_conflicts=True)
    if roots.newest(team_id) != root:
        # The root rotated meanwhile, and its rotation may have looked before this row was there.
        rewrapping.rewrap_owner(owner_id)


def new_key(slot: Slot, *, root: int) -> WrappedKey:
    """Return a row with a fresh data key for its slot, wrapped by the root key of that generation, not yet stored."""
    kek = root_keys().kek(slot.team_id, root)
    wrapped = wrap(kek, dek=secrets.token_bytes(KEY), slot=slot)
    return WrappedKey(
        owner_id=slot.owner_id,
        team_id=slot.team_id,
        generation=slot.generation,
        root_generation=root,
        wrapped=wrapped,
    )


def seal_for(
    *, owner_id: UUID, record_id: UUID, label: str, revision: int, value: Value, floor: int = 64
) -> bytes:
    """Seal a value under the owner's newest data key; raises KeyGone, and what `cipher.seal` raises."""
    key = _newest(owner_id)
    place = Place(case_id=owner_id, record_id=record_id, label=label)
    return cipher.seal(key=key, place=place, revision=revision, value=value, floor=floor)


def open_for(
    *,
    owner_id: UUID,
    record_id: UUID,
    label: str,
    envelope: bytes | memoryview,
    revision: int | None = None,
) -> Value:
    """Open one envelope of the owner; raises KeyGone or IntegrityFailure."""
    return open_many(owner_id=owner_id, sealed=[Sealed(record_id, label, envelope, revision)])[0]


def open_many(*, owner_id: UUID, sealed: Sequence[Sealed]) -> list[Value]:
    """Open envelopes of one owner, in their order, with one key look-up; all of them or an exception."""
    if not sealed:
        return []
    keys = _keys(owner_id, {_dek_id(owner_id, one) for one in sealed})
    return [_open(keys, owner_id, one) for one in sealed]


def derived(*, owner_id: UUID, labels: Sequence[bytes]) -> list[bytes]:
    """Derive 32 bytes for each label from the owner's first data key, which stays the same. Raises KeyGone."""
    key = _plain(_rows(owner_id)[0])
    return [derive(key.dek, salt=b"", info=label + owner_id.bytes, size=KEY) for label in labels]


def destroy(*, owner_id: UUID) -> bool:
    """Erase the owner's data keys for good; on disk when it returns. False when there were none."""
    rows = WrappedKey.objects.using(KEYS).filter(owner_id=owner_id)
    with transaction.atomic(using=KEYS, durable=True):
        # Waits for a re-keying that adds a key for this owner right now; the deletion then sees that one, too.
        list(rows.order_by("id").select_for_update().values_list("id"))
        count, _by_model = rows.delete()
    _forget(owner_id)
    return count > 0


def _open(keys: Mapping[UUID, FieldKey], owner_id: UUID, one: Sealed) -> Value:
    with _located(owner_id, one.record_id, one.label):
        key = keys.get(parts(one.envelope).dek_id)
        if key is None:
            raise IntegrityFailure from None
        place = Place(case_id=owner_id, record_id=one.record_id, label=one.label)
        return cipher.open_envelope(key=key, place=place, envelope=one.envelope, revision=one.revision)


def _dek_id(owner_id: UUID, one: Sealed) -> UUID:
    with _located(owner_id, one.record_id, one.label):
        return parts(one.envelope).dek_id


@contextmanager
def _located(owner_id: UUID, record_id: UUID, label: str) -> Iterator[None]:
    """Say where it was when something does not open. The same exception goes on: a new one would chain this one."""
    try:
        yield
    except IntegrityFailure as failure:
        failure.where = failure.where or Where(owner_id, record_id, label)
        raise


def _keys(owner_id: UUID, wanted: set[UUID]) -> dict[UUID, FieldKey]:
    """Return the wanted data keys that there are; looked up anew, once, if one is missing or its root file is gone.

    Both happen to whoever looked up the wrapped rows just before a re-keying or a rotation changed them.
    """
    try:
        found = _unwrapped(owner_id, wanted)
    except RootKeyUnusable:
        found = {}
    if found.keys() >= wanted:
        return found
    _forget(owner_id)
    return _unwrapped(owner_id, wanted)


def _unwrapped(owner_id: UUID, wanted: set[UUID]) -> dict[UUID, FieldKey]:
    return {row.id: _plain(row) for row in _rows(owner_id) if row.id in wanted}


def _newest(owner_id: UUID) -> FieldKey:
    try:
        return _plain(_rows(owner_id)[-1])
    except RootKeyUnusable:
        _forget(owner_id)
    return _plain(_rows(owner_id)[-1])


def _forget(owner_id: UUID) -> None:
    (_at_hand.get() or {}).pop(owner_id, None)


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
    with _located(row.owner_id, row.id, "key"):
        dek = unwrap(kek(row.team_id, row.root_generation), wrapped=bytes(row.wrapped), slot=slot)
    return FieldKey(dek=dek, dek_id=row.id, generation=row.generation)
