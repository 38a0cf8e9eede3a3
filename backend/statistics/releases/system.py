"""The account of the job that builds releases: it holds no seat, and may do only what its own code does."""

from typing import Final
from uuid import UUID

from permissions.actor import Actor

RELEASES: Final = Actor(id=UUID("00000000-0000-4000-8000-000000000117"), kind="system")
