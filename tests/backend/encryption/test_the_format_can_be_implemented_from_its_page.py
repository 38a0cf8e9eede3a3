"""A second implementation, written from docs/sealing-format.md alone, agrees with the product both ways."""

import hashlib
import hmac
import json
import secrets
import struct
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.encryption.cipher import FieldKey, Place, open_envelope, seal
from tests.backend.encryption.samples import normalised, texts, values


def okm(dek: bytes, salt: bytes, aad: bytes) -> bytes:
    secret, out, block = hmac.digest(salt, dek, hashlib.sha256), b"", b""
    for counter in (1, 2, 3):
        block = hmac.digest(secret, block + b"spona.field.v1\0" + aad + bytes([counter]), hashlib.sha256)
        out += block
    return out[:76]


def additional(head: bytes, case: UUID, record: UUID, label: str) -> bytes:
    return head + case.bytes + record.bytes + struct.pack(">B", len(label)) + label.encode("ascii")


def their_open(envelope: bytes, dek: bytes, case: UUID, record: UUID, label: str) -> Any:
    head, salt, commitment, sealed = envelope[:24], envelope[24:48], envelope[48:80], envelope[80:]
    aad = additional(head, case, record, label)
    keys = okm(dek, salt, aad)
    assert keys[44:] == commitment
    padded = AESGCM(keys[:32]).decrypt(keys[32:44], sealed, aad)
    kind, length = struct.unpack(">BI", padded[:5])
    body = padded[5 : 5 + length]
    assert padded[5 + length :].strip(b"\0") == b""
    return (None, body.decode, lambda: json.loads(body, parse_int=float))[kind]() if kind else None


def their_seal(text: str, *, dek: bytes, ids: tuple[UUID, UUID, UUID], label: str) -> bytes:
    dek_id, case, record = ids
    head = struct.pack(">BBHI", 1, 1, 9, 1234) + dek_id.bytes
    salt = secrets.token_bytes(24)
    aad = additional(head, case, record, label)
    keys = okm(dek, salt, aad)
    plain = struct.pack(">BI", 1, len(text.encode())) + text.encode()
    size = next(size for size in (64, 128, 256, 512, 1024, 2048, 4096) if size >= len(plain))
    plain += bytes(size - len(plain))
    return head + salt + keys[44:] + AESGCM(keys[:32]).encrypt(keys[32:44], plain, aad)


deks = st.binary(min_size=32, max_size=32)
labels = st.from_regex(r"[a-z]{1,20}\.[a-z]{1,20}", fullmatch=True)


@settings(deadline=None)
@given(value=values, dek=deks, ids=st.tuples(st.uuids(), st.uuids(), st.uuids()), label=labels)
def test_they_open_what_we_seal(value: Any, dek: bytes, ids: tuple[UUID, UUID, UUID], label: str) -> None:
    key = FieldKey(dek=dek, dek_id=ids[0], generation=9)
    place = Place(case_id=ids[1], record_id=ids[2], label=label)
    envelope = seal(key=key, place=place, revision=1234, value=value)
    assert their_open(bytes(envelope), dek, ids[1], ids[2], label) == normalised(value)


@settings(deadline=None)
@given(text=texts.map(normalised), dek=deks, ids=st.tuples(st.uuids(), st.uuids(), st.uuids()), label=labels)
def test_we_open_what_they_seal(text: str, dek: bytes, ids: tuple[UUID, UUID, UUID], label: str) -> None:
    key = FieldKey(dek=dek, dek_id=ids[0], generation=9)
    place = Place(case_id=ids[1], record_id=ids[2], label=label)
    envelope = their_seal(text, dek=dek, ids=ids, label=label)
    assert open_envelope(key=key, place=place, envelope=envelope) == text
