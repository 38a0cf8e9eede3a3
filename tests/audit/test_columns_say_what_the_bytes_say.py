"""An entry is its bytes: they carry every shown column, and the MAC covers them all."""

import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some

from audit.canonical import InvalidFact, canonical
from audit.context import RequestFacts, request_facts
from audit.entries import compose
from audit.models import NATIONAL, Entry, Outcome
from tests.audit.people import NOBODY, Person

pytestmark = pytest.mark.pure

CODES = some.text(alphabet=some.characters(min_codepoint=33, max_codepoint=126), max_size=40)
SCALARS = some.none() | some.booleans() | some.integers(min_value=-(2**53) + 1, max_value=2**53 - 1) | CODES
FACTS = some.dictionaries(
    some.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
    SCALARS | some.lists(SCALARS, max_size=5),
    max_size=5,
)
KEYS = {
    *Entry.SHOWN,
    *("facts", "format", "method", "object_ids", "route"),
}


def an_entry(**values: Any) -> Entry:
    defaults: dict[str, Any] = {
        "team": uuid4(),
        "kind": "case",
        "object_id": str(uuid4()),
        "given": {"page": 2},
    }
    return compose(Person(acting_for=uuid4()), "case.viewed", **(defaults | values))


@given(kind=CODES, object_id=CODES, code=CODES, given_facts=FACTS, team=some.none() | some.uuids())
def test_every_column_equals_the_bytes(
    kind: str, object_id: str, code: str, given_facts: dict[str, Any], team: UUID | None
) -> None:
    entry = an_entry(kind=kind, object_id=object_id, code=code, given=given_facts, team=team)
    said = json.loads(entry.body)
    assert set(said) == KEYS
    assert said["log"] == str(team or NATIONAL)
    assert (said["object_kind"], said["object_id"], said["code"]) == (kind, object_id, code)
    assert said["facts"] == given_facts
    assert entry.body == canonical(said)
    assert entry.is_genuine(settings.SPONA_AUDIT_KEY)


def test_the_mac_is_plain_hmac_sha_256_over_the_bytes() -> None:
    entry = an_entry()
    assert entry.mac == hmac.digest(settings.SPONA_AUDIT_KEY, entry.body, "sha256")
    assert len(entry.mac) == 32


def test_the_moment_is_written_in_utc_to_the_microsecond() -> None:
    entry = an_entry()
    entry.at = entry.at.replace(microsecond=0)
    said = json.loads(an_entry().body)["at"]
    assert len(said) == len("2026-01-01T00:00:00.000000Z")
    assert said.endswith("Z")


@pytest.mark.parametrize("column", Entry.SHOWN)
def test_a_changed_column_is_found(column: str) -> None:
    entry = an_entry()
    value = getattr(entry, column)
    other: Any = {"at": entry.at + timedelta(microseconds=1)}.get(column)
    setattr(entry, column, other or (uuid4() if isinstance(value, UUID) else f"{value}x"))
    assert not entry.is_genuine(settings.SPONA_AUDIT_KEY)


@pytest.mark.parametrize("column", ["actor_id", "acting_for"])
def test_a_blanked_author_is_found(column: str) -> None:
    entry = an_entry()
    setattr(entry, column, None)
    assert not entry.is_genuine(settings.SPONA_AUDIT_KEY)


@given(some.data())
def test_a_single_changed_bit_is_found(data: some.DataObject) -> None:
    entry = an_entry()
    name = data.draw(some.sampled_from(["body", "mac"]))
    changed = bytearray(getattr(entry, name))
    at = data.draw(some.integers(min_value=0, max_value=len(changed) - 1))
    changed[at] ^= 1 << data.draw(some.integers(min_value=0, max_value=7))
    setattr(entry, name, bytes(changed))
    assert not entry.is_genuine(settings.SPONA_AUDIT_KEY)


def test_another_key_finds_nothing_genuine() -> None:
    assert not an_entry().is_genuine(bytes(32))


def test_the_request_is_told_by_its_template() -> None:
    token = request_facts.set(RequestFacts(request_id="r-1", route="/api/v1/cases/{id}", method="GET"))
    try:
        entry = an_entry()
    finally:
        request_facts.reset(token)
    said = json.loads(entry.body)
    assert (said["request_id"], said["route"], said["method"]) == ("r-1", "/api/v1/cases/{id}", "GET")
    assert entry.request_id == "r-1"


@pytest.mark.parametrize("hostile", ["a b", "x" * 65, "\n", "č", "\ud800", "\x00"])
def test_a_hostile_request_id_does_not_cost_us_the_entry(hostile: str) -> None:
    token = request_facts.set(RequestFacts(request_id=hostile))
    try:
        entry = an_entry()
    finally:
        request_facts.reset(token)
    assert entry.request_id == "malformed"
    assert entry.is_genuine(settings.SPONA_AUDIT_KEY)


def test_nobody_can_be_recorded_too() -> None:
    entry = compose(NOBODY, "session.failed", team=None, kind="", outcome=Outcome.FAILED, given={})
    said = json.loads(entry.body)
    assert (said["actor_id"], said["actor_kind"], said["outcome"]) == (None, "anonymous", "failed")
    assert UUID(said["log"]) == NATIONAL


@pytest.mark.parametrize("kind", ["", "superuser", "User", "x" * 50])
def test_an_unknown_kind_of_actor_is_refused(kind: str) -> None:
    with pytest.raises(InvalidFact):
        compose(replace(Person(), kind=kind), "case.viewed", team=None, kind="case", given={})


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "two words"},
        {"kind": "x" * 41},
        {"object_id": "Петар"},
        {"object_id": "x" * 65},
        {"code": "x" * 61},
        {"given": {"narrative": "He came on Monday"}},
        {"object_ids": ["two words"]},
    ],
)
def test_text_is_refused_in_every_place(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidFact):
        an_entry(**wrong)
