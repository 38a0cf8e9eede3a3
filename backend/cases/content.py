"""What one sealed row of facts holds: the items, needs and flags of one data class. Pure.

On the wire of the envelope it is {"items": {...}, "needs": [...], "flags": [...]}, absent parts being empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID

from backend.cases.items import ItemValue


@dataclass(frozen=True, slots=True)
class Need:
    """A coded need. `recorded_for` is kept only where the code itself is a diagnosis."""

    id: UUID
    code: str
    status: str
    recorded_for: UUID | None = None

    def packed(self) -> dict[str, str]:
        """Return the need as it is sealed."""
        named = {"org": str(self.recorded_for)} if self.recorded_for else {}
        return {"id": str(self.id), "code": self.code, "status": self.status, **named}

    @classmethod
    def unpacked(cls, packed: dict[str, str]) -> Self:
        """Return the need that was sealed."""
        named = UUID(packed["org"]) if "org" in packed else None
        return cls(UUID(packed["id"]), packed["code"], packed["status"], named)


@dataclass(frozen=True, slots=True)
class Content:
    """The facts of one data class."""

    items: dict[str, ItemValue] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    flags: frozenset[str] = frozenset()

    def packed(self) -> dict[str, Any]:
        """Return the content as it is sealed, without empty parts."""
        parts = {
            "items": self.items,
            "needs": [need.packed() for need in self.needs],
            "flags": sorted(self.flags),
        }
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def unpacked(cls, packed: dict[str, Any]) -> Self:
        """Return the content that was sealed."""
        needs = tuple(Need.unpacked(need) for need in packed.get("needs", []))
        return cls(dict(packed.get("items", {})), needs, frozenset(packed.get("flags", [])))

    def with_items(self, items: dict[str, ItemValue]) -> Self:
        """Return the content with `items` set; an item set to None is gone."""
        merged = {**self.items, **items}
        return replace(self, items={item: value for item, value in merged.items() if value is not None})

    def with_need(self, need: Need) -> Self:
        """Return the content with `need` in the place of the one of the same id, or at the end."""
        if any(one.id == need.id for one in self.needs):
            return replace(self, needs=tuple(need if one.id == need.id else one for one in self.needs))
        return replace(self, needs=(*self.needs, need))

    def with_flags(self, flags: Iterable[str]) -> Self:
        """Return the content with exactly these flags."""
        return replace(self, flags=frozenset(flags))
