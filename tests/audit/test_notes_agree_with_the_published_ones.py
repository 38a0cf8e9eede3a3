"""Signed notes, keys and checkpoints: the published vectors are read, verified and written as published."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature

from audit.notes import (
    Signer,
    checkpoint_text,
    log_signer,
    signed_checkpoint,
    split_checkpoint,
    vkey,
)
from audit.verify import (
    LOG_KEY,
    WITNESS_KEY,
    Checkpoint,
    read_checkpoint,
    read_note,
    read_vkey,
)

pytestmark = pytest.mark.pure

VECTORS = Path(__file__).parents[1] / "data" / "c2sp"
NOTES: dict[str, Any] = json.loads((VECTORS / "signed_note_vectors.json").read_text("utf-8"))
POINTS: dict[str, Any] = json.loads((VECTORS / "checkpoint_vectors.json").read_text("utf-8"))
# The example of the specification.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
POINT = Checkpoint("spona.example/log", 3, bytes(32))


def test_the_published_note_verifies() -> None:
    key = read_vkey(NOTES["signed_note_verifier"], LOG_KEY)
    assert read_note(NOTES["signed_note_valid"]).signed_at(key) == 0


def test_the_example_of_the_specification_verifies() -> None:
    assert read_note(EXAMPLE).signed_at(read_vkey(EXAMPLE_KEY, LOG_KEY)) == 0


def test_a_note_with_another_text_does_not() -> None:
    key = read_vkey(NOTES["signed_note_verifier"], LOG_KEY)
    with pytest.raises(InvalidSignature):
        read_note(NOTES["signed_note_valid"].replace("answer", "Answer")).signed_at(key)


def test_keys_are_read_or_refused_as_published() -> None:
    bad = set(NOTES["bad_verifier_keys"])
    good = [text for text in NOTES["verifier_keys"] if text not in bad]
    assert [vkey(read_vkey(text, LOG_KEY)) for text in good] == good
    for text in bad:
        with pytest.raises(ValueError, match="vkey"):
            read_vkey(text, LOG_KEY)


def test_the_published_private_key_signs_the_published_note() -> None:
    (text,) = NOTES["test_private_keys_public_in_source"]
    kind, *seed = base64.b64decode(text.split("+", 4)[4])
    signer = Signer("PeterNeumann", kind, bytes(seed))
    assert vkey(signer.key) == NOTES["signed_note_verifier"]
    body = NOTES["signed_note_valid"].rpartition("\n\n")[0] + "\n"
    assert f"{body}\n{signer.sign(body)}" == NOTES["signed_note_valid"]
    assert str(signer.seed) not in repr(signer)


@pytest.mark.parametrize("vector", POINTS["checkpoints"], ids=lambda vector: vector["desc"])
def test_checkpoints_are_read_or_refused_as_published(vector: dict[str, Any]) -> None:
    if not vector["valid"]:
        with pytest.raises(ValueError, match=r"checkpoint|base64|padding|characters"):
            split_checkpoint(vector["checkpoint"])
        return
    point, _ = split_checkpoint(vector["checkpoint"])
    expected = Checkpoint(vector["origin"], vector["size"], vector["root_hash_utf8"].encode())
    assert point == expected
    with pytest.raises(ValueError, match="checkpoint"):  # no root of RFC 6962
        read_checkpoint(vector["checkpoint"])


def test_the_published_tree_note_is_read_and_written() -> None:
    point = read_checkpoint(POINTS["go_tree_note_valid"])
    assert (point.origin, point.size) == ("go.sum database tree", POINTS["go_tree_n"])
    assert checkpoint_text(point) == POINTS["go_tree_note_valid"]


@pytest.mark.parametrize("text", POINTS["go_bad_tree_notes"], ids=["origin", "size", "root"])
def test_bad_tree_notes_are_refused_or_of_another_log(text: str) -> None:
    try:
        assert read_checkpoint(text).origin != "go.sum database tree"
    except ValueError as problem:
        assert "checkpoint" in str(problem)  # noqa: PT017 -- either is right: another log, or none


def test_a_cosignature_verifies_and_tells_its_time() -> None:
    log = log_signer(bytes(32), "spona.example/log")
    witness = Signer("witness.example", WITNESS_KEY, bytes([7]) * 32)
    note = signed_checkpoint(log, POINT) + witness.cosign(checkpoint_text(POINT), at=1_700_000_000)
    assert read_note(note).signed_at(log.key) == 0
    assert read_note(note).signed_at(witness.key) == 1_700_000_000
    assert read_checkpoint(read_note(note).text) == POINT


def test_a_cosignature_with_another_time_does_not() -> None:
    witness = Signer("witness.example", WITNESS_KEY, bytes([7]) * 32)
    line = witness.cosign(checkpoint_text(POINT), at=1_700_000_000)
    value = bytearray(base64.b64decode(line.split()[2]))
    value[11] ^= 1
    forged = f"{checkpoint_text(POINT)}\n— witness.example {base64.b64encode(value).decode()}\n"
    with pytest.raises(InvalidSignature):
        read_note(forged).signed_at(witness.key)


def test_each_log_has_a_key_of_its_own() -> None:
    one, other = (log_signer(bytes(32), f"spona.example/{name}") for name in "ab")
    assert one.seed != other.seed
    assert vkey(one.key) == vkey(log_signer(bytes(32), "spona.example/a").key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n— name AAAA\n",
        "text\n\n- name AAAAAAAAAAAA\n",
        "text\n\n— na+me AAAAAAAAAAAA\n",
        "text\n\n— name AAAAAAAAAAAA",
        "te\x00xt\n\n— name AAAAAAAAAAAA\n",
        "te\rxt\n\n— name AAAAAAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAAAAAA\n" * 101,
    ],
    ids=str,
)
def test_what_is_no_signed_note_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"note|base64"):
        read_note(text)
