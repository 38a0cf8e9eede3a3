"""Somebody can write another verifier from the page: its example and its table are checked here."""

import hmac
import json
import re
from pathlib import Path

import pytest

from audit.canonical import canonical, genuine
from audit.entries import compose
from audit.models import NATIONAL, Entry
from audit.notes import Signer, checkpoint_text, log_signer, signed_checkpoint
from audit.verify import (
    COLUMNS,
    HEADER,
    MAX_LINE,
    MAX_SHORT,
    MAX_SIGNATURES,
    SHAPES,
    WITNESS_KEY,
    Checkpoint,
    leaf_hash,
    read_checkpoint,
    read_note,
    read_policy,
    root_of,
)
from audit.witness import MAX_BODY
from tests.audit.people import Person

pytestmark = pytest.mark.pure

PAGE = (Path(__file__).parents[2] / "docs" / "audit-format.md").read_text("utf-8")
KEY = bytes(range(32))


def the_example() -> tuple[bytes, bytes]:
    (body,) = re.findall(r"```json\n(.*)\n```", PAGE)
    (mac,) = re.findall(r"has the MAC `([0-9a-f]{64})`", PAGE)
    return body.encode(), bytes.fromhex(mac)


def test_the_known_answer_is_right() -> None:
    body, mac = the_example()
    assert f"{len(body)} bytes" in PAGE
    assert canonical(json.loads(body)) == body
    assert hmac.digest(KEY, body, "sha256") == mac
    assert genuine(KEY, body, mac)
    assert not genuine(KEY, body + b" ", mac)


def test_the_table_names_every_member_and_marks_the_columns() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| (yes)? *\|", PAGE, re.MULTILINE)
    entry = compose(Person(), "case.viewed", team=None, kind="case", given={})
    body, _ = the_example()
    assert {name for name, _ in rows} == set(json.loads(entry.body)) == set(json.loads(body))
    assert {name for name, column in rows if column} == set(Entry.SHOWN)


def test_the_example_fits_the_columns() -> None:
    body, mac = the_example()
    said = json.loads(body)
    entry = Entry(**{name: said[name] for name in Entry.SHOWN}, body=body, mac=mac)
    entry.clean_fields(exclude=["code", "request_id", "acting_for", "actor_id"])
    assert entry.is_genuine(KEY)


def test_the_national_log_is_the_nil_uuid() -> None:
    assert f"`{NATIONAL}` is the national log" in PAGE


def the_note() -> str:
    (note,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    return str(note)


def test_the_leaf_hash_and_the_root_are_right() -> None:
    body, _ = the_example()
    assert f"`{leaf_hash(body).hex()}`" in PAGE
    assert read_checkpoint(read_note(the_note()).text).root == root_of([leaf_hash(body)])


def test_the_note_is_written_as_the_page_shows_it() -> None:
    point = read_checkpoint(read_note(the_note()).text)
    log = log_signer(KEY, point.origin)
    witness = Signer("witness.example", WITNESS_KEY, bytes(range(32, 64)))
    at = read_note(the_note()).signed_at(witness.key)
    assert at is not None
    written = signed_checkpoint(log, Checkpoint(*point[:3])) + witness.cosign(checkpoint_text(point), at=at)
    assert written == the_note()


def test_the_policy_is_read_and_met_by_the_note() -> None:
    (text,) = re.findall(r"```policy\n(.*?)```", PAGE, re.DOTALL)
    policy, note = read_policy(text), read_note(the_note())
    (key,) = policy.logs.values()
    assert note.signed_at(key) == 0
    assert policy.met(name for name, one in policy.witnesses.items() if note.signed_at(one))
    assert not policy.met([])


def test_the_verifier_knows_the_same_members_and_columns() -> None:
    body, _ = the_example()
    assert set(SHAPES) == set(json.loads(body))
    assert set(COLUMNS) == set(Entry.SHOWN)
    assert list(COLUMNS) == sorted(COLUMNS)


def test_the_limits_are_those_of_the_code() -> None:
    assert (MAX_LINE, MAX_SHORT, MAX_SIGNATURES, MAX_BODY) == (16 << 20, 16 << 10, 100, 128 << 10)
    for words in ("at most 16 Mi characters", "others 16 Ki", "at most 100 signatures", "more than 128 KiB"):
        assert words in " ".join(PAGE.split())
    (header,) = re.findall(r"one line, `(\{.*\})`", PAGE)
    assert HEADER.fullmatch(header.replace("<n>", "1") + "\n")
