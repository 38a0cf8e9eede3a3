"""HKDF and AES-GCM in one place, so that the published hostile vectors test exactly what the product runs."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32
NONCE = 12
TAG = 16


def derive(secret: bytes, *, salt: bytes, info: bytes, size: int) -> bytes:
    """HKDF-SHA-256 (RFC 5869), `size` bytes long; an empty salt means 32 zero bytes, as the RFC says."""
    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=info).derive(secret)


def encrypt(key: bytes, *, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
    """AES-GCM: the ciphertext, as long as `plain`, followed by the 16 byte tag."""
    return AESGCM(key).encrypt(nonce, plain, aad)


def decrypt(key: bytes, *, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None:
    """Give the plain bytes, or None when key, nonce, bytes or `aad` are not those of the sealing.

    None and not an exception: a traceback through this frame would carry the key in its locals.
    """
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError):
        return None
