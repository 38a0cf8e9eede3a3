"""What the audit needs to know of whoever acts. The floor beside this one has the real class."""

from typing import Protocol
from uuid import UUID


class By(Protocol):
    """A person, a machine token, a named job, or nobody signed in."""

    @property
    def id(self) -> UUID | None: ...

    @property
    def kind(self) -> str:
        """Return user, token, system or anonymous."""

    @property
    def acting_for(self) -> UUID | None: ...

    def require(self, action: str, on: object) -> None:
        """Raise unless this actor may do `action` on `on`."""
