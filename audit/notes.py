"""Writes what `audit.verify` reads: signed notes, checkpoints, cosignatures, and keys as text. Pure.

C2SP signed-note, tlog-checkpoint and tlog-cosignature, with Ed25519. A note is its text, an empty line, and signature
lines; a cosignature is a further signature line.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from audit.verify import LOG_KEY, MAX_SIZE, Checkpoint, Key

SEED = 32
# What goes before the origin when a log's own key is derived from the installation's.
LOG_INFO = b"spona audit log\x00"


def vkey(key: Key) -> str:
    """Return the key as text, to put into a policy."""
    return f"{key.name}+{key.id.hex()}+{b64encode(bytes([key.kind]) + key.public).decode()}"


def signature_line(name: str, value: bytes) -> str:
    """Return a signature line of key id and signature, as `read_note` reads it."""
    return f"— {name} {b64encode(value).decode()}\n"


@dataclass(frozen=True)
class Signer:
    """A name and its private key, of a log or of a witness."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    @property
    def key(self) -> Key:
        return Key(self.name, self.kind, self._private().public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """Return a log's signature line under `text`, which ends in a newline."""
        return self._line(self._private().sign(text.encode()))

    def cosign(self, text: str, *, at: int) -> str:
        """Return a witness's signature line for a checkpoint's text, made at `at` (POSIX seconds)."""
        message = f"cosignature/v1\ntime {at}\n{text}"
        return self._line(at.to_bytes(8, "big") + self._private().sign(message.encode()))

    def _line(self, signature: bytes) -> str:
        return signature_line(self.name, self.key.id + signature)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def log_signer(secret: bytes, origin: str) -> Signer:
    """Return the signer of the log `origin`; every log of an installation has a key of its own from one secret."""
    seed = HKDF(SHA256(), SEED, salt=None, info=LOG_INFO + origin.encode()).derive(secret)
    return Signer(origin, LOG_KEY, seed)


def checkpoint_text(point: Checkpoint) -> str:
    """Return the three lines of a checkpoint: what is signed, and what is kept on paper."""
    return f"{point.origin}\n{point.size}\n{b64encode(point.root).decode()}\n"


def signed_checkpoint(signer: Signer, point: Checkpoint) -> str:
    """Return the note of a checkpoint with the log's signature. Cosignature lines are put under it as they come."""
    text = checkpoint_text(point)
    return f"{text}\n{signer.sign(text)}"


def split_checkpoint(text: str) -> tuple[Checkpoint, str]:
    """Return a checkpoint of any log and its further lines, which mean nothing to us. Raises ValueError."""
    found = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/=]+)\n(.*)", text, re.DOTALL)
    if not found or int(found[2]) >= MAX_SIZE:
        raise ValueError("This is not a checkpoint.")
    return Checkpoint(found[1], int(found[2]), b64decode(found[3], validate=True)), found[4]
