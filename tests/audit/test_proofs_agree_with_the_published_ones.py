"""All 518 published Merkle proofs: the good are accepted, the bad refused; and the reference roots of RFC 6962."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from audit import tree
from audit.verify import Frontier, leaf_hash, root_of

pytestmark = pytest.mark.pure

VECTORS = Path(__file__).parents[1] / "data" / "merkle"
PROOFS: Mapping[str, Mapping[str, Mapping[str, Any]]] = json.loads(
    (VECTORS / "proofs.json").read_text("utf-8")
)
REFERENCE = json.loads((VECTORS / "reference_roots.json").read_text("utf-8"))
LEAVES = [leaf_hash(bytes.fromhex(text)) for text in REFERENCE["leaf_inputs_hex"]]
ROOTS = [bytes.fromhex(text) for text in REFERENCE["root_hashes_by_tree_size"]]


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def check(kind: str, vector: Mapping[str, Any]) -> None:
    proof = [raw(text) for text in vector["proof"] or []]
    match kind:
        case "inclusion":
            leaf, root = raw(vector["leafHash"]), raw(vector["root"])
            tree.check_inclusion(proof, leaf, vector["leafIdx"], size=vector["treeSize"], root=root)
        case "consistency":
            old, root = raw(vector["root1"]), raw(vector["root2"])
            tree.check_consistency(proof, old, vector["size1"], size=vector["size2"], root=root)
        case "subtreeinclusion":
            tree.check_subtree_inclusion(
                proof, raw(vector["leafHash"]), vector["leafIdx"],
                bounds=(vector["start"], vector["end"]), root=raw(vector["root"]),
            )  # fmt: skip
        case _:
            bounds = (vector["start"], vector["end"])
            roots = raw(vector["root1"]), raw(vector["root2"])
            tree.check_subtree(proof, roots[0], bounds, size=vector["size"], root=roots[1])


def test_there_are_518() -> None:
    counts = {kind: len(vectors) for kind, vectors in PROOFS.items()}
    assert counts == {"consistency": 98, "inclusion": 98, "subtreeconsistency": 118, "subtreeinclusion": 204}
    good = [vector for vectors in PROOFS.values() for vector in vectors.values() if not vector["wantErr"]]
    assert len(good) == 36


@pytest.mark.parametrize("kind", PROOFS)
def test_every_published_proof_is_judged_as_published(kind: str) -> None:
    wrongly = []
    for name, vector in PROOFS[kind].items():
        try:
            check(kind, vector)
            refused = False
        except tree.InvalidProof:
            refused = True
        if refused != vector["wantErr"]:
            wrongly.append(name)
    assert wrongly == []


def test_the_reference_roots_are_ours() -> None:
    frontier = Frontier()
    assert root_of(frontier.hashes) == ROOTS[0]
    for leaf, root in zip(LEAVES, ROOTS[1:], strict=True):
        frontier.append(leaf)
        assert root_of(frontier.hashes) == root


def test_the_reference_nodes_are_ours() -> None:
    complete = tree.complete_from(lambda _level, first, count: LEAVES[first : first + count])
    for level, hashes in enumerate(REFERENCE["node_hashes_by_level"]):
        assert [complete(level, index).hex() for index in range(len(hashes))] == hashes
