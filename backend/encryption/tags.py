"""Tags of phrases: equal for equal phrases of one owner, and nothing that could be turned back or tried out elsewhere.

Argon2id makes each guess dear, with a salt of the owner's; the HMAC under the owner's key makes guessing useless to
whoever has the tags without the key. Neither phrase nor hash is kept, and no exception carries them.
"""

import hmac
from typing import Final
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from backend.encryption import vault
from backend.encryption.primitives import KEY

# RFC 9106 has three passes for so little memory; OWASP's second choice is one pass over 46 MiB.
MEMORY_KIB: Final = 46 * 1024
PASSES: Final = 1
LANES: Final = 1


def tag(*, owner_id: UUID, phrase: str) -> bytes:
    """Return the 32 byte tag of a phrase under the key of its owner (a team). Raises KeyGone."""
    salt, key = vault.derived(owner_id=owner_id, labels=(b"spona.tag.salt.v1", b"spona.tag.key.v1"))
    slow = hash_secret_raw(
        phrase.encode(),
        salt,
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=KEY,
        type=Type.ID,
    )
    return hmac.digest(key, slow, "sha256")
