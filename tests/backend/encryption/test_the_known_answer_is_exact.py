"""The vector of the specification, byte by byte: if this fails, stored envelopes no longer open."""

import hashlib

from backend.encryption.cipher import open_envelope, revision_of, seal
from backend.encryption.envelope import parts
from tests.backend.encryption.samples import KEY, NARRATIVE, PLACE, SALT

HEAD = "0101000100000007" + "11" * 16
COMMITMENT = "b573bf32754fbec2c2c5661331eebecfe5416ffbc5e7470f15e717c011532c7c"
SEALED = (
    "5f70b328643d74333621e869140b4e7970ceb42a7c699af3f8144a3c6d5773b9"
    "e673ff44e79a15779877481d962e9132621fbf8cb4e721b5b09ca90a3c0e440b"
    "36344caea95918b2b614494b9bc547cf"
)
DIGEST = "8a1d705c79d06fb41227120a2bad9db51700e77dfd215f80933d6f8eadcf0140"
ENVELOPE = bytes.fromhex(HEAD) + SALT + bytes.fromhex(COMMITMENT + SEALED)


def test_sealing_gives_the_known_envelope() -> None:
    made = seal(key=KEY, place=PLACE, revision=7, value=NARRATIVE, salt=SALT)
    assert bytes(made).hex() == ENVELOPE.hex()
    assert len(made) == 160
    assert hashlib.sha256(made).hexdigest() == DIGEST


def test_the_known_envelope_opens_to_the_known_text() -> None:
    assert open_envelope(key=KEY, place=PLACE, envelope=ENVELOPE) == NARRATIVE


def test_the_parts_stand_where_the_specification_puts_them() -> None:
    cut = parts(ENVELOPE)
    assert cut.head.hex() == HEAD
    assert (cut.generation, cut.revision, cut.dek_id) == (1, 7, KEY.dek_id)
    assert cut.salt == SALT
    assert cut.commitment.hex() == COMMITMENT
    assert cut.sealed.hex() == SEALED


def test_the_revision_can_be_read_without_a_key() -> None:
    assert revision_of(ENVELOPE) == 7
    assert revision_of(memoryview(ENVELOPE)) == 7


def test_a_driver_may_hand_over_a_memoryview() -> None:
    assert open_envelope(key=KEY, place=PLACE, envelope=memoryview(ENVELOPE)) == NARRATIVE


def test_without_a_given_salt_no_two_envelopes_are_equal() -> None:
    made = {bytes(seal(key=KEY, place=PLACE, revision=7, value=NARRATIVE)) for _ in range(50)}
    assert len(made) == 50
    assert len({parts(envelope).salt for envelope in made}) == 50
