"""Somebody to act: what the audit asks of an actor, without the floor that has real ones."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4


class Refused(Exception):
    """This person may not do that."""


@dataclass(frozen=True)
class Person:
    """May do what is in `allowed`, and remembers what was asked of them."""

    id: UUID | None = field(default_factory=uuid4)
    kind: str = "user"
    acting_for: UUID | None = None
    allowed: frozenset[str] = frozenset()
    asked: list[tuple[str, object]] = field(default_factory=list, compare=False)

    def require(self, action: str, on: object) -> None:
        self.asked.append((action, on))
        if action not in self.allowed:
            raise Refused(action)


NOBODY = Person(id=None, kind="anonymous")
