"""Somebody can write another verifier from the page: its example and its table are checked here."""

import hmac
import json
import re
from pathlib import Path

import pytest

from audit.canonical import canonical, genuine
from audit.entries import compose
from audit.models import NATIONAL, Entry
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
