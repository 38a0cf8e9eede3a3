"""Every inclusion and consistency proof of trees up to 40 leaves, and of larger ones by sample, from kept nodes."""

import random
from collections.abc import Sequence

import pytest

from audit import tree
from audit.verify import Frontier, leaf_hash, node_hash, root_of

pytestmark = pytest.mark.pure

LEAVES = [leaf_hash(str(number).encode()) for number in range(70_000)]


def defined(leaves: Sequence[bytes]) -> bytes:
    """The root as RFC 6962 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else root_of(())
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(defined(leaves[:half]), defined(leaves[half:]))


class Store:
    """Keeps what the service keeps, and counts what is read."""

    def __init__(self, size: int) -> None:
        self.kept: dict[tuple[int, int], bytes] = {}
        self.reads: list[int] = []
        self.frontier = Frontier()
        for index, leaf in enumerate(LEAVES[:size]):
            self.kept[0, index] = leaf
            for node in tree.grow(self.frontier, leaf):
                self.kept[node.level, node.index] = node.hash

    def __call__(self, level: int, first: int, count: int) -> list[bytes]:
        self.reads.append(count)
        return [
            self.kept[level, index] for index in range(first, first + count) if (level, index) in self.kept
        ]


SMALL, LARGE = Store(40), Store(70_000)


def test_the_root_is_the_one_of_the_definition() -> None:
    complete = tree.complete_from(SMALL)
    for size in range(41):
        assert tree.root(complete, size) == defined(LEAVES[:size])
    assert root_of(SMALL.frontier.hashes) == defined(LEAVES[:40])


def test_every_leaf_is_proven_in_every_tree_and_nowhere_else() -> None:
    complete = tree.complete_from(SMALL)
    for size in range(1, 41):
        root = defined(LEAVES[:size])
        for index in range(size):
            proof = tree.inclusion_proof(complete, index, size=size)
            tree.check_inclusion(proof, LEAVES[index], index, size=size, root=root)
            with pytest.raises(tree.InvalidProof):
                tree.check_inclusion(proof, LEAVES[index], (index + 1) % (size + 1), size=size, root=root)
            with pytest.raises(tree.InvalidProof):
                tree.check_inclusion(proof, LEAVES[index + 1], index, size=size, root=root)


def test_every_tree_is_proven_to_begin_every_later_one() -> None:
    complete = tree.complete_from(SMALL)
    roots = [defined(LEAVES[:size]) for size in range(41)]
    for size in range(1, 41):
        for old in range(1, size + 1):
            proof = tree.consistency_proof(complete, old, size=size)
            tree.check_consistency(proof, roots[old], old, size=size, root=roots[size])
            with pytest.raises(tree.InvalidProof):
                tree.check_consistency(proof, roots[old - 1], old, size=size, root=roots[size])
            with pytest.raises(tree.InvalidProof):
                tree.check_consistency([*proof, bytes(32)], roots[old], old, size=size, root=roots[size])
        assert tree.consistency_proof(complete, 0, size=size) == []


def test_a_large_tree_is_proven_from_few_hashes() -> None:
    complete, chance = tree.complete_from(LARGE), random.Random(1)
    root = root_of(LARGE.frontier.hashes)
    assert tree.root(complete, 70_000) == root
    assert {level for level, _ in LARGE.kept} == {0, 8, 16}
    for _ in range(20):
        index, old = chance.randrange(70_000), chance.randrange(1, 70_001)
        LARGE.reads.clear()
        proof = tree.inclusion_proof(complete, index, size=70_000)
        tree.check_inclusion(proof, LEAVES[index], index, size=70_000, root=root)
        assert max(LARGE.reads) <= 128
        assert sum(LARGE.reads) <= 3 * 255
        consistency = tree.consistency_proof(complete, old, size=70_000)
        before = tree.root(complete, old)
        tree.check_consistency(consistency, before, old, size=70_000, root=root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 5), (5, 5), (6, 5), (2**70, 2**71)], ids=range(5))
def test_a_question_without_an_answer_is_refused(index: int, size: int) -> None:
    with pytest.raises(tree.InvalidProof):
        tree.inclusion_proof(tree.complete_from(SMALL), index, size=size)
    with pytest.raises(tree.InvalidProof):
        tree.check_inclusion([], LEAVES[0], index, size=size, root=LEAVES[0])


@pytest.mark.parametrize(("old", "size"), [(-1, 5), (6, 5), (41, 42), (30, 42)], ids=range(4))
def test_a_tree_that_is_not_there_has_no_proof(old: int, size: int) -> None:
    with pytest.raises(tree.InvalidProof):
        tree.consistency_proof(tree.complete_from(SMALL), old, size=size)
