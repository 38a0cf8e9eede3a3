"""The key under which somebody's browser seals text that was not sent yet: derived each time, and kept nowhere.

So that a time-out loses no text and a stolen telephone tells none: what lies on the device opens only with a key that
the service hands to a session of the same person. It follows from the platform's root and the person alone. A root that
is newer gives another key; the older one is handed out for as long as the old root is there.
"""

from base64 import b64encode
from dataclasses import dataclass
from typing import Final

from audit import recorder
from backend.encryption.keyring import root_keys
from backend.teams.writing import signed
from permissions.actor import Actor
from permissions.scope import NotFound

READ: Final = "account.draft_key_read"
_LABEL: Final = b"spona.drafts.v1\0"


@dataclass(frozen=True, slots=True)
class DraftKey:
    """The key, base64, and the name by which the same is asked for again."""

    key_id: int
    key: str


def draft_key(by: Actor, *, generation: int | None = None) -> DraftKey:
    """Return the key of `by`, the newest unless told, in one recorded read.

    Raises NotFound for a generation that is not there, RootKeyUnusable, AuditUnavailable.
    """
    user_id, roots = signed(by), root_keys()
    if generation is not None and generation not in roots.generations(None):
        raise NotFound
    chosen = roots.newest(None) if generation is None else generation
    made = roots.derived(None, chosen, label=_LABEL + user_id.bytes)
    recorder.record(by, READ, team=None, kind="user", object_id=str(user_id), generation=chosen)
    return DraftKey(key_id=chosen, key=b64encode(made).decode())
