"""The shape of an envelope, format 1: what can be read from it without any key.

format u8 | suite u8 | DEK generation u16 | revision u32 | DEK id 16 | salt 24 | commitment 32
| ciphertext | tag 16
"""

import struct
from typing import Final, NamedTuple
from uuid import UUID

from backend.encryption.plaintext import is_legal_size
from backend.encryption.primitives import TAG

FORMAT: Final = 1
SUITE: Final = 1
SALT: Final = 24
COMMITMENT: Final = 32
LAST_GENERATION: Final = 0xFFFF
LAST_REVISION: Final = 0xFFFFFFFF
_HEAD: Final = struct.Struct(">BBHI16s")
_COMMITTED: Final = _HEAD.size + SALT
_SEALED: Final = _COMMITTED + COMMITMENT


class Where(NamedTuple):
    """Ids and a label: where something did not open, for the audit. `key` is the label of a wrapped key."""

    owner_id: UUID
    record_id: UUID
    label: str


class IntegrityFailure(Exception):
    """An envelope or a wrapped key that does not open here. One class, no detail, no cause.

    `where` is for the audit alone; it never says why, and whoever asked is not told.
    """

    where: Where | None = None

    def __str__(self) -> str:
        return "This sealed content cannot be opened here."


class Envelope(bytes):
    """The bytes of an envelope; prints its revision and size, so that a log stays short and says nothing."""

    __slots__ = ()

    def __repr__(self) -> str:
        revision = f"revision {revision_of(self)}" if is_envelope(self) else "malformed"
        return f"<sealed, {revision}, {len(self)} bytes>"

    __str__ = __repr__


class Parts(NamedTuple):
    """An envelope cut into its parts; `head` is the 24 bytes that the additional data begins with."""

    head: bytes
    generation: int
    revision: int
    dek_id: UUID
    salt: bytes
    commitment: bytes
    sealed: bytes


def pack_head(*, generation: int, revision: int, dek_id: UUID) -> bytes:
    """Write the first 24 bytes of an envelope."""
    return _HEAD.pack(FORMAT, SUITE, generation, revision, dek_id.bytes)


def is_envelope(envelope: object) -> bool:
    """Say whether these are bytes in the shape of format 1, suite 1. Nothing is authenticated."""
    if not isinstance(envelope, bytes | memoryview):
        return False
    raw = bytes(envelope)
    return raw[:2] == bytes([FORMAT, SUITE]) and is_legal_size(len(raw) - _SEALED - TAG)


def parts(envelope: bytes | memoryview) -> Parts:
    """Cut an envelope; raises IntegrityFailure when it has not the shape of one. Nothing is authenticated."""
    if not is_envelope(envelope):
        raise IntegrityFailure from None
    raw = bytes(envelope)
    _format, _suite, generation, revision, dek_id = _HEAD.unpack_from(raw)
    salt, commitment = raw[_HEAD.size : _COMMITTED], raw[_COMMITTED:_SEALED]
    return Parts(raw[: _HEAD.size], generation, revision, UUID(bytes=dek_id), salt, commitment, raw[_SEALED:])


def revision_of(envelope: bytes | memoryview) -> int:
    """Read the revision that an envelope claims; only opening it proves the claim."""
    return parts(envelope).revision
