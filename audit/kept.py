"""The hashes that are kept of a log, read in bounded pieces: 256 at a time, whatever the size of the log."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from audit.models import Leaf, Node
from audit.tree import STEP, Complete, complete_from

_PIECE: Final = 1 << STEP


def subtrees(log: UUID, *, using: str) -> Complete:
    """Return how to find the root of any complete subtree of a log, for one answer: each piece is read once."""
    return complete_from(_Kept(log, using))


class _Kept:
    """Leaf hashes at level 0; at 8, 16, 24 ... the roots of the complete subtrees of that height."""

    def __init__(self, log: UUID, using: str) -> None:
        self._log, self._using = log, using
        self._pieces: dict[tuple[int, int], dict[int, bytes]] = {}

    def __call__(self, level: int, first: int, count: int) -> Sequence[bytes]:
        piece = self._piece(level, first // _PIECE)
        return [piece[index] for index in range(first, first + count) if index in piece]

    def _piece(self, level: int, number: int) -> dict[int, bytes]:
        if (level, number) not in self._pieces:
            self._pieces[level, number] = self._read(level, number * _PIECE)
        return self._pieces[level, number]

    def _read(self, level: int, first: int) -> dict[int, bytes]:
        wanted = {"log_id": self._log, "index__gte": first, "index__lt": first + _PIECE}
        if level:
            nodes = Node.objects.using(self._using).filter(level=level, **wanted)
            return {index: bytes(value) for index, value in nodes.values_list("index", "hash")}
        leaves = Leaf.objects.using(self._using).filter(**wanted)
        return {index: bytes(value) for index, value in leaves.values_list("index", "leaf_hash")}
