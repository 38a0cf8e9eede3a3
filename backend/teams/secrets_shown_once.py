"""Secrets that are shown once and stored as their SHA-256: 256 random bits, so that no slow hash is
needed."""

import hashlib
import secrets

RANDOM_BYTES = 32


def make(prefix: str) -> tuple[str, bytes]:
    """Return a new secret (`prefix` and 43 characters of base64url) and the digest to store."""
    secret = prefix + secrets.token_urlsafe(RANDOM_BYTES)
    return secret, digest(secret)


def digest(secret: str) -> bytes:
    """Return the SHA-256 under which a secret is stored."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
