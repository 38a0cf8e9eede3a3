"""Signs in as the demo's people do: the public password, and the code that follows from the public seed.

Written anew from docs/signing-in.md rather than imported: a benchmark from outside needs no settings of the service.
"""

import hashlib
import hmac
import struct
import time
from typing import Final

PASSWORD: Final = "Reka-Drina-i-7-gradova"  # noqa: S105 - public on purpose
STEP_SECONDS: Final = 30
SEED_BYTES: Final = 20
DIGITS: Final = 1_000_000


def code_now(username: str) -> str:
    seed = hashlib.sha256(f"spona demo, second factor of {username}".encode()).digest()[:SEED_BYTES]
    counter = struct.pack(">Q", int(time.time()) // STEP_SECONDS)
    digest = hmac.digest(seed, counter, "sha1")
    at = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[at : at + 4])
    return f"{(number & 0x7FFFFFFF) % DIGITS:06d}"
