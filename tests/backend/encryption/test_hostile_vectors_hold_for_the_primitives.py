"""Every Wycheproof vector against the primitives, through the functions that the product itself calls."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.encryption.primitives import decrypt, derive, encrypt

DATA = Path(__file__).parents[2] / "data" / "wycheproof"


def vectors(name: str) -> list[dict[str, Any]]:
    """All tests of a file, each with the facts of its group."""
    content = json.loads((DATA / f"{name}_test.json").read_text(encoding="utf-8"))
    return [{**group, **test} for group in content["testGroups"] for test in group["tests"]]


def raw(vector: dict[str, Any], *names: str) -> list[bytes]:
    return [bytes.fromhex(vector[name]) for name in names]


def named(vector: dict[str, Any]) -> str:
    return f"{vector['tcId']}-{vector['result']}"


def is_valid(vector: dict[str, Any]) -> bool:
    assert vector["result"] in {"valid", "invalid"}
    return vector["result"] == "valid"


# The library takes nonces of 8 to 128 bytes; the project only ever uses 12.
def has_usable_nonce(vector: dict[str, Any]) -> bool:
    return 64 <= vector["ivSize"] <= 1024


@pytest.mark.parametrize("vector", vectors("aes_gcm"), ids=named)
def test_aes_gcm_opens_the_valid_and_nothing_else(vector: dict[str, Any]) -> None:
    key, nonce, aad, plain, body, tag = raw(vector, "key", "iv", "aad", "msg", "ct", "tag")
    opened = decrypt(key, nonce=nonce, sealed=body + tag, aad=aad)
    if is_valid(vector) and has_usable_nonce(vector):
        assert opened == plain
        assert encrypt(key, nonce=nonce, plain=plain, aad=aad) == body + tag
    else:
        assert opened is None


def test_every_valid_vector_of_our_sizes_was_among_the_opened() -> None:
    ours = [v for v in vectors("aes_gcm") if (v["keySize"], v["ivSize"], v["tagSize"]) == (256, 96, 128)]
    assert {named(v).split("-")[1] for v in ours} == {"valid", "invalid"}
    assert all(has_usable_nonce(v) for v in ours)
    assert len(ours) > 50


@pytest.mark.parametrize("vector", vectors("hkdf_sha256"), ids=named)
def test_hkdf_gives_the_known_bytes(vector: dict[str, Any]) -> None:
    secret, salt, info, expected = raw(vector, "ikm", "salt", "info", "okm")
    if is_valid(vector):
        assert derive(secret, salt=salt, info=info, size=vector["size"]) == expected
    else:
        with pytest.raises(ValueError, match="derive"):
            derive(secret, salt=salt, info=info, size=vector["size"])


@pytest.mark.parametrize("vector", vectors("hmac_sha256"), ids=named)
def test_hmac_accepts_the_valid_and_nothing_else(vector: dict[str, Any]) -> None:
    key, message, tag = raw(vector, "key", "msg", "tag")
    made = hmac.digest(key, message, "sha256")[: vector["tagSize"] // 8]
    assert hmac.compare_digest(made, tag) is is_valid(vector)


@given(secret=st.binary(min_size=1, max_size=80), salt=st.binary(max_size=80), info=st.binary(max_size=300))
def test_hkdf_is_the_one_of_the_rfc_written_out(secret: bytes, salt: bytes, info: bytes) -> None:
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    block, okm = b"", b""
    for counter in range(1, 4):
        block = hmac.digest(extracted, block + info + bytes([counter]), hashlib.sha256)
        okm += block
    assert derive(secret, salt=salt, info=info, size=76) == okm[:76]


@pytest.mark.parametrize(("name", "count"), [("aes_gcm", 316), ("hkdf_sha256", 86), ("hmac_sha256", 174)])
def test_no_vector_is_left_out(name: str, count: int) -> None:
    assert len(vectors(name)) == count
    assert (DATA / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")
