"""One bit, one byte or one other place, and an envelope does not open; the failure never says why."""

import dataclasses
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.encryption import plaintext
from backend.encryption.cipher import FieldKey, IntegrityFailure, Place, open_envelope, revision_of, seal
from backend.encryption.envelope import pack_head, parts
from backend.encryption.primitives import derive, encrypt
from tests.backend.encryption.samples import DEK, KEY, NARRATIVE, PLACE, SALT, values

ENVELOPE = bytes(seal(key=KEY, place=PLACE, revision=7, value=NARRATIVE, salt=SALT))


def refused(envelope: Any, *, key: FieldKey = KEY, place: Place = PLACE) -> None:
    with pytest.raises(IntegrityFailure) as caught:
        open_envelope(key=key, place=place, envelope=envelope)
    assert caught.value.args == ()
    assert str(caught.value) == "This sealed content cannot be opened here."
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def other_key(**changes: Any) -> FieldKey:
    return FieldKey(**{"dek": KEY.dek, "dek_id": KEY.dek_id, "generation": KEY.generation, **changes})


@pytest.mark.parametrize("bit", range(len(ENVELOPE) * 8))
def test_no_bit_can_be_flipped(bit: int) -> None:
    flipped = bytearray(ENVELOPE)
    flipped[bit // 8] ^= 1 << bit % 8
    refused(bytes(flipped))


@settings(deadline=None)
@given(value=values, data=st.data())
def test_no_bit_of_any_envelope_can_be_flipped(value: Any, data: st.DataObject) -> None:
    envelope = bytearray(seal(key=KEY, place=PLACE, revision=3, value=value))
    envelope[data.draw(st.integers(0, len(envelope) - 1))] ^= data.draw(st.integers(1, 255))
    refused(bytes(envelope))


@pytest.mark.parametrize("size", range(len(ENVELOPE)))
def test_no_byte_can_be_missing(size: int) -> None:
    refused(ENVELOPE[:size])


@settings(deadline=None)
@given(more=st.binary(min_size=1, max_size=5000))
def test_no_byte_can_be_added(more: bytes) -> None:
    refused(ENVELOPE + more)
    refused(more + ENVELOPE)


@settings(deadline=None)
@given(noise=st.binary(max_size=400) | st.binary(min_size=160, max_size=160).map(lambda b: b"\1\1" + b[2:]))
def test_noise_is_refused_like_any_forgery(noise: bytes) -> None:
    assume(noise != ENVELOPE)
    refused(noise)


@pytest.mark.parametrize("thing", [None, "", "text", 160, 0, [1, 1], bytearray(ENVELOPE), ENVELOPE.hex()])
def test_what_is_not_bytes_is_refused_like_any_forgery(thing: Any) -> None:
    refused(thing)
    with pytest.raises(IntegrityFailure):
        revision_of(thing)


@pytest.mark.parametrize(
    "place",
    [
        dataclasses.replace(PLACE, case_id=uuid4()),
        dataclasses.replace(PLACE, record_id=uuid4()),
        dataclasses.replace(PLACE, label="referral.note"),
        dataclasses.replace(PLACE, label="referral.narrativ"),
        dataclasses.replace(PLACE, label="Referral.narrative"),
        Place(case_id=PLACE.record_id, record_id=PLACE.case_id, label=PLACE.label),
    ],
)
def test_an_envelope_moved_to_another_place_is_refused(place: Place) -> None:
    refused(ENVELOPE, place=place)


@settings(deadline=None)
@given(
    case=st.uuids(),
    record=st.uuids(),
    label=st.text(st.characters(max_codepoint=127), min_size=1, max_size=255),
)
def test_an_envelope_opens_at_exactly_one_place(case: Any, record: Any, label: str) -> None:
    place = Place(case_id=case, record_id=record, label=label)
    assume(place != PLACE)
    refused(ENVELOPE, place=place)
    moved = seal(key=KEY, place=place, revision=7, value=NARRATIVE)
    assert open_envelope(key=KEY, place=place, envelope=moved) == NARRATIVE
    refused(bytes(moved))


@pytest.mark.parametrize(
    "changes", [{"generation": 2}, {"generation": 257}, {"dek_id": uuid4()}, {"dek": bytes(32)}]
)
def test_another_key_id_or_generation_is_refused(changes: dict[str, Any]) -> None:
    refused(ENVELOPE, key=other_key(**changes))


@pytest.mark.parametrize(
    "head",
    [
        pack_head(generation=2, revision=7, dek_id=KEY.dek_id),
        pack_head(generation=1, revision=8, dek_id=KEY.dek_id),
        pack_head(generation=1, revision=7, dek_id=UUID(int=5)),
    ],
)
def test_a_head_rewritten_to_suit_the_key_is_refused(head: bytes) -> None:
    cut = parts(head + ENVELOPE[24:])
    suited = other_key(generation=cut.generation, dek_id=cut.dek_id)
    refused(head + ENVELOPE[24:], key=suited)


def test_an_old_revision_cannot_be_passed_off_as_a_new_one() -> None:
    newer = bytes(seal(key=KEY, place=PLACE, revision=8, value="new", salt=SALT))
    refused(newer[:24] + ENVELOPE[24:])
    refused(ENVELOPE[:24] + newer[24:])


def forged(padded: bytes) -> bytes:
    """A frame that the product would never write, under the right key, commitment and tag."""
    aad = PLACE.bound_to(ENVELOPE[:24])
    okm = derive(DEK, salt=SALT, info=b"spona.field.v1\0" + aad, size=76)
    return ENVELOPE[:24] + SALT + okm[44:] + encrypt(okm[:32], nonce=okm[32:44], plain=padded, aad=aad)


def framed(kind: int, body: bytes, *, length: int | None = None, tail: bytes = b"") -> bytes:
    head = bytes([kind]) + (len(body) if length is None else length).to_bytes(4, "big")
    return (head + body).ljust(64 - len(tail), b"\0") + tail


def test_the_forger_of_the_next_test_can_write_a_true_one() -> None:
    assert forged(framed(plaintext.TEXT, NARRATIVE.encode())) == ENVELOPE


@pytest.mark.parametrize(
    "padded",
    [
        framed(plaintext.TEXT, b"text", tail=b"\1"),
        framed(plaintext.TEXT, b"text", length=3),
        framed(plaintext.TEXT, b"text", length=60),
        framed(plaintext.TEXT, b"text", length=2**32 - 1),
        framed(plaintext.TEXT, b"\xff\xfe"),
        framed(plaintext.TEXT, "\ud800".encode(errors="surrogatepass")),
        framed(plaintext.NULL, b"x"),
        framed(plaintext.JSON, b""),
        framed(plaintext.JSON, b"{"),
        framed(plaintext.JSON, b"1"),
        framed(plaintext.JSON, b"null"),
        framed(plaintext.JSON, b'"text"'),
        framed(plaintext.JSON, b"[NaN]"),
        framed(plaintext.JSON, b"[Infinity]"),
        framed(3, b"text"),
        framed(255, b""),
        framed(plaintext.TEXT, b"") + bytes(32),
        b"",
        bytes(32),
        bytes(128 + 64),
        framed(plaintext.JSON, b"[" * 20_000).ljust(20_480, b"\0"),
    ],
)
def test_a_malformed_frame_under_the_right_key_is_refused(padded: bytes) -> None:
    refused(forged(padded))


def test_a_commitment_keeps_one_ciphertext_from_having_two_keys() -> None:
    """With plain GCM a sender can make bytes that open under two keys; here the second gets nowhere."""
    second = other_key(dek=bytes(31) + b"\1")
    theirs = bytes(seal(key=second, place=PLACE, revision=7, value="another story", salt=SALT))
    refused(theirs[:48] + ENVELOPE[48:80] + theirs[80:])
    refused(theirs[:48] + ENVELOPE[48:80] + theirs[80:], key=second)


@pytest.mark.parametrize("label", ["", "x" * 256, "сажетак", "naïve"])
def test_a_label_is_short_ascii(label: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        dataclasses.replace(PLACE, label=label)


@pytest.mark.parametrize(
    "changes", [{"dek": b""}, {"dek": bytes(16)}, {"generation": 0}, {"generation": 65_536}]
)
def test_a_field_key_has_the_right_size_and_generation(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        other_key(**changes)
