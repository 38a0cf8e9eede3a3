"""The named accounts of this room: they hold no seat, and each may do only what its own code does."""

from typing import Final
from uuid import UUID

from permissions.actor import Actor

ERASURES: Final = Actor(id=UUID("00000000-0000-4000-8000-000000000109"), kind="system")
RETENTION: Final = Actor(id=UUID("00000000-0000-4000-8000-000000000110"), kind="system")
RESTORES: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000005"), kind="system")
