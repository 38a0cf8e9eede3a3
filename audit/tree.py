"""Proofs in a Merkle tree of RFC 6962: made from stored hashes, and checked. Pure.

A leaf in a tree, an old tree in a new one and a part of a tree in the whole are one question: is the subtree of the
leaves `start` to `end` inside the tree of `size` leaves? One walk answers it for the maker and the checker of a proof:
from the top down to that subtree, with the part that is left aside at each turn. (RFC 6962, 2.1.1 and 2.1.2; subtrees:
draft-ietf-plants-merkle-tree-certs.) Sizes and indices are numbers of leaves; hashes are 32 bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audit.verify import Frontier, node_hash, root_of

# What is kept: the roots of complete subtrees of 2^8, 2^16 ... leaves. The rest follows from at most 255 hashes.
STEP = 8
HASH = 32


class InvalidProof(ValueError):
    """A proof that does not prove it, or a question that has no answer."""


@dataclass(frozen=True, slots=True)
class Node:
    """The root of the complete subtree of 2^level leaves that begins at leaf index * 2^level."""

    level: int
    index: int
    hash: bytes


# The root of a complete subtree by level and index; and what is kept of a level, by first index and count.
Complete = Callable[[int, int], bytes]
Kept = Callable[[int, int, int], Sequence[bytes]]


def grow(frontier: Frontier, leaf: bytes) -> list[Node]:
    """Append a leaf hash; return the nodes to be kept that it completes, the smallest first."""
    completed = frontier.append(leaf)
    levels = range(STEP, len(completed), STEP)
    return [Node(level, frontier.size - 1 >> level, completed[level]) for level in levels]


def complete_from(kept: Kept) -> Complete:
    """Return how to find any complete subtree's root from leaf hashes (level 0) and kept nodes (8, 16, 24 ...).

    `kept(level, first, count)` gives at most 128 hashes. Raises InvalidProof when it gives fewer than were asked for.
    """

    def complete(level: int, index: int) -> bytes:
        above = level % STEP
        hashes = kept(level - above, index << above, 1 << above)
        if len(hashes) != 1 << above:
            raise InvalidProof("A node of the tree is missing.")
        part = Frontier()
        for each in hashes:
            part.append(each)
        return root_of(part.hashes)

    return complete


def root(complete: Complete, size: int) -> bytes:
    """Return the root of the first `size` leaves."""
    return _root_between(complete, 0, size)


def inclusion_proof(complete: Complete, index: int, *, size: int) -> list[bytes]:
    """Return the proof that leaf `index` is in the tree of `size`. Raises InvalidProof unless index < size."""
    return subtree_proof(complete, index, index + 1, size=size)


def consistency_proof(complete: Complete, old: int, *, size: int) -> list[bytes]:
    """Return the proof that the tree of `old` leaves begins the one of `size`: none from 0. Raises InvalidProof."""
    return subtree_proof(complete, 0, old, size=size) if old else []


def subtree_proof(complete: Complete, start: int, end: int, *, size: int) -> list[bytes]:
    """Return the proof that the subtree of leaves `start` to `end` (without) is in the tree of `size` leaves."""
    path = _walk(start, end, size)
    first = [path.rest] if path.crossed else []
    return [
        _root_between(complete, *part) for part in [*first, *((turn.start, turn.end) for turn in path.turns)]
    ]


def check_inclusion(proof: Sequence[bytes], leaf: bytes, index: int, *, size: int, root: bytes) -> None:
    """Raise InvalidProof unless the proof shows that `leaf` is number `index` of `size` leaves under `root`."""
    check_subtree_inclusion(proof, leaf, index, bounds=(0, size), root=root)


def check_subtree_inclusion(
    proof: Sequence[bytes], leaf: bytes, index: int, *, bounds: tuple[int, int], root: bytes
) -> None:
    """Raise InvalidProof unless the proof shows that `leaf` is number `index`, in the subtree under `root`."""
    start, end = bounds
    if len(leaf) != HASH or not _is_subtree(start, end):
        raise InvalidProof("A leaf hash has 32 bytes, and a subtree begins at a multiple of its width.")
    place = index - start
    _check(proof, leaf, _walk(place, place + 1, end - start), root=root)


def check_consistency(proof: Sequence[bytes], old_root: bytes, old: int, *, size: int, root: bytes) -> None:
    """Raise InvalidProof unless the proof shows that the tree of `old` leaves begins the one of `size`.

    The empty tree begins every tree: there is nothing to show, so `old` is at least 1.
    """
    _check(proof, old_root, _walk(0, old, size), root=root)


def check_subtree(
    proof: Sequence[bytes], part: bytes, bounds: tuple[int, int], *, size: int, root: bytes
) -> None:
    """Raise InvalidProof unless the proof shows that `part` is the root of that subtree of the tree under `root`."""
    start, end = bounds
    if 0 <= start == end <= size and not proof and part == root_of(()):
        return  # nothing is in every tree
    _check(proof, part, _walk(start, end, size), root=root)


class _Turn(NamedTuple):
    """The part left aside on the way down: its leaves, whether it lies to the left, whether it is of the subtree."""

    start: int
    end: int
    left: bool
    inner: bool


class _Path(NamedTuple):
    """From the subtree up to the root. A subtree that a split crosses is known by its last part, `rest`."""

    turns: list[_Turn]
    rest: tuple[int, int]
    crossed: bool


def _check(proof: Sequence[bytes], part: bytes, path: _Path, *, root: bytes) -> None:
    if len(proof) != path.crossed + len(path.turns) or any(len(each) != HASH for each in proof):
        raise InvalidProof("A proof of another length.")
    inside = whole = proof[0] if path.crossed else part
    for turn, aside in zip(path.turns, proof[path.crossed :], strict=True):
        inside = node_hash(aside, inside) if turn.inner else inside
        whole = node_hash(aside, whole) if turn.left else node_hash(whole, aside)
    if (inside, whole) != (part, root):
        raise InvalidProof("The proof leads to another root.")


def _is_subtree(start: int, end: int) -> bool:
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


def _walk(start: int, end: int, size: int) -> _Path:
    if end > size or not _is_subtree(start, end):
        raise InvalidProof("There is no such subtree.")
    turns, below, above, rest = list[_Turn](), 0, size, start
    while (below, above) != (rest, end):
        middle = below + (1 << (above - below - 1).bit_length() - 1)
        if end <= middle:
            turns.append(_Turn(middle, above, left=False, inner=False))
            above = middle
            continue
        crosses = rest < middle
        turns.append(_Turn(below, middle, left=True, inner=crosses))
        below, rest = middle, middle if crosses else rest
    return _Path(turns[::-1], (rest, end), rest != start)


def _root_between(complete: Complete, start: int, end: int) -> bytes:
    hashes = []
    while start < end:
        level = (end - start).bit_length() - 1
        hashes.append(complete(level, start >> level))
        start += 1 << level
    return root_of(hashes)
