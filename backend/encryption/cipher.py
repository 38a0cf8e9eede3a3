"""Seal a value into an envelope that opens only where it was sealed (format 1, `docs/sealing-format.md`).

Pure: no Django, no database, no files. Whoever holds a `FieldKey` and a `Place` can use it. An opening that
fails always fails the same way, so that nobody learns which part of a forged envelope was nearly right.
"""

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final
from uuid import UUID

from backend.encryption.envelope import (
    COMMITMENT,
    LAST_GENERATION,
    LAST_REVISION,
    SALT,
    Envelope,
    IntegrityFailure,
    is_envelope,
    pack_head,
    parts,
    revision_of,
)
from backend.encryption.plaintext import Value, frame, is_legal_size, unframe
from backend.encryption.primitives import KEY, NONCE, decrypt, derive, encrypt

__all__ = [
    "FieldKey",
    "IntegrityFailure",
    "NotSealable",
    "Place",
    "Value",
    "open_envelope",
    "revision_of",
    "seal",
]

_INFO: Final = b"spona.field.v1\0"
_LONGEST_LABEL: Final = 0xFF


class NotSealable(ValueError):
    """A value that has no canonical form: a lone surrogate, NaN, an integer beyond 2^53, a bare number."""

    def __str__(self) -> str:
        return "This value cannot be sealed: it has no canonical form."


@dataclass(frozen=True, slots=True, eq=False)
class FieldKey:
    """The data key of one case (32 bytes) with the id and generation (1 to 65535) that its envelopes name."""

    dek: bytes = field(repr=False)
    dek_id: UUID
    generation: int

    def __post_init__(self) -> None:
        if len(self.dek) != KEY or not 1 <= self.generation <= LAST_GENERATION:
            raise ValueError("A data key has 32 bytes and a generation from 1 to 65535.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an envelope belongs: the case, the record in it, and an ASCII label (`referral.narrative`)."""

    case_id: UUID
    record_id: UUID
    label: str

    def __post_init__(self) -> None:
        if not self.label.isascii() or not 1 <= len(self.label) <= _LONGEST_LABEL:
            raise ValueError("A label is 1 to 255 ASCII characters.")

    def bound_to(self, head: bytes) -> bytes:
        """Give the additional data: the envelope's first 24 bytes, then this place."""
        label = self.label.encode()
        return head + self.case_id.bytes + self.record_id.bytes + bytes([len(label)]) + label


def seal(
    *, key: FieldKey, place: Place, revision: int, value: Value, floor: int = 64, salt: bytes | None = None
) -> Envelope:
    """Seal a value; `floor` is the least padded size in bytes, so that all rows of a class are equally long.

    `revision` is 0 to 2^32-1. `salt` (24 bytes) is for known answers only: a repeated one repeats the key.
    Raises NotSealable for a value without canonical form, ValueError for another argument out of range.
    """
    salt = secrets.token_bytes(SALT) if salt is None else salt
    if not is_legal_size(floor) or not 0 <= revision <= LAST_REVISION or len(salt) != SALT:
        raise ValueError("The floor, the revision or the salt is out of range.")
    padded = frame(value, floor)
    if padded is None:
        del value
        raise NotSealable from None
    head = pack_head(generation=key.generation, revision=revision, dek_id=key.dek_id)
    aad = place.bound_to(head)
    field_key, nonce, commitment = _derive(key, salt, aad)
    return Envelope(head + salt + commitment + encrypt(field_key, nonce=nonce, plain=padded, aad=aad))


def open_envelope(
    *, key: FieldKey, place: Place, envelope: bytes | memoryview, revision: int | None = None
) -> Value:
    """Open an envelope with its key at its place; raises IntegrityFailure for every reason there is.

    `revision` is what the row counts: without it an older envelope of the same place would open. None: not counted.
    """
    expected = is_envelope(envelope) and revision in {None, revision_of(envelope)}
    opened = _opened(key, place, envelope) if expected else None
    if opened is None:
        raise IntegrityFailure from None
    return opened[0]


def _derive(key: FieldKey, salt: bytes, aad: bytes) -> tuple[bytes, bytes, bytes]:
    okm = derive(key.dek, salt=salt, info=_INFO + aad, size=KEY + NONCE + COMMITMENT)
    return okm[:KEY], okm[KEY : KEY + NONCE], okm[KEY + NONCE :]


def _opened(key: FieldKey, place: Place, envelope: bytes | memoryview) -> tuple[Value] | None:
    cut = parts(envelope)
    if (cut.dek_id, cut.generation) != (key.dek_id, key.generation):
        return None
    aad = place.bound_to(cut.head)
    field_key, nonce, commitment = _derive(key, cut.salt, aad)
    if not compare_digest(commitment, cut.commitment):
        return None
    padded = decrypt(field_key, nonce=nonce, sealed=cut.sealed, aad=aad)
    return None if padded is None else unframe(padded)
