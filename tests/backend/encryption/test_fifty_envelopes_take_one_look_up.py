"""Opening many envelopes asks the keys database once; nothing is remembered afterwards."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from backend.encryption import vault
from backend.encryption.cipher import FieldKey, IntegrityFailure
from backend.encryption.keyring import RootKeys, create_root
from backend.encryption.vault import Sealed

pytestmark = pytest.mark.database
LABEL = "note.text"


@pytest.fixture
def team(roots: RootKeys) -> UUID:
    team_id = uuid4()
    create_root(team_id)
    return team_id


def new_case(team: UUID) -> UUID:
    case = uuid4()
    vault.create_key(owner_id=case, team_id=team)
    return case


def notes(case: UUID, count: int) -> list[Sealed]:
    with vault.lookup([case]):
        return [note(case, number) for number in range(count)]


def note(case: UUID, number: int) -> Sealed:
    record = uuid4()
    envelope = vault.seal_for(
        owner_id=case, record_id=record, label=LABEL, revision=1, value=f"note {number}"
    )
    return Sealed(record, LABEL, envelope)


def queries() -> CaptureQueriesContext:
    return CaptureQueriesContext(connections["keys"])


def open_one(case: UUID, one: Sealed) -> Any:
    return vault.open_for(owner_id=case, record_id=one.record_id, label=one.label, envelope=one.envelope)


def test_fifty_envelopes_of_one_case_take_one_query(team: UUID) -> None:
    case = new_case(team)
    fifty = notes(case, 50)
    with queries() as asked:
        values = vault.open_many(owner_id=case, sealed=fifty)
    assert values == [f"note {number}" for number in range(50)]
    assert len(asked) == 1


def test_none_at_all_take_no_query() -> None:
    with queries() as asked:
        assert vault.open_many(owner_id=uuid4(), sealed=[]) == []
    assert len(asked) == 0


def test_fifty_single_openings_in_a_lookup_take_one_query(team: UUID) -> None:
    case = new_case(team)
    fifty = notes(case, 50)
    with queries() as asked, vault.lookup():
        assert [open_one(case, one) for one in fifty] == [f"note {number}" for number in range(50)]
    assert len(asked) == 1


def test_fifty_cases_named_beforehand_take_one_query(team: UUID) -> None:
    cases = [new_case(team) for _ in range(50)]
    each = {case: note(case, 1) for case in cases}
    with queries() as asked, vault.lookup(cases):
        assert {open_one(case, each[case]) for case in cases} == {"note 1"}
    assert len(asked) == 1


def test_a_lookup_inside_another_shares_its_rows(team: UUID) -> None:
    case, other = new_case(team), new_case(team)
    one, two = note(case, 1), note(other, 2)
    with queries() as asked, vault.lookup([case]):
        with vault.lookup([case, other]):
            assert open_one(other, two) == "note 2"
        assert open_one(case, one) == "note 1"
        assert open_one(other, two) == "note 2"
    assert len(asked) == 2


def test_after_the_lookup_nothing_is_remembered(team: UUID) -> None:
    case = new_case(team)
    one = note(case, 1)
    with vault.lookup([case]):
        open_one(case, one)
    assert vault._at_hand.get() is None
    with queries() as asked:
        open_one(case, one)
        open_one(case, one)
    assert len(asked) == 2


def test_an_error_ends_the_lookup_too(team: UUID) -> None:
    with pytest.raises(vault.KeyGone), vault.lookup([new_case(team)]):
        note(uuid4(), 1)
    assert vault._at_hand.get() is None


def test_a_lookup_holds_wrapped_rows_and_no_plain_key(team: UUID) -> None:
    case = new_case(team)
    one = note(case, 1)
    with vault.lookup([case]):
        open_one(case, one)
        held = vault._at_hand.get()
        assert held is not None
        (row,) = held[case]
        assert not any(isinstance(value, FieldKey) for value in vars(row).values())
        assert {len(value) for value in vars(row).values() if isinstance(value, bytes | memoryview)} == {60}


def test_a_key_destroyed_inside_the_lookup_is_gone_at_once(team: UUID) -> None:
    case = new_case(team)
    one = note(case, 1)
    with vault.lookup([case]):
        open_one(case, one)
        vault.destroy(owner_id=case)
        with pytest.raises(vault.KeyGone):
            open_one(case, one)


def test_a_key_made_inside_the_lookup_is_found(team: UUID) -> None:
    case = uuid4()
    with vault.lookup([case]):
        with pytest.raises(vault.KeyGone):
            note(case, 1)
        vault.create_key(owner_id=case, team_id=team)
        assert open_one(case, note(case, 1)) == "note 1"


def test_one_forged_envelope_among_many_opens_none(team: UUID) -> None:
    case = new_case(team)
    many = notes(case, 5)
    many[3] = Sealed(uuid4(), LABEL, many[3].envelope)
    with pytest.raises(IntegrityFailure):
        vault.open_many(owner_id=case, sealed=many)


def test_creating_a_key_takes_one_statement(team: UUID) -> None:
    with queries() as asked:
        new_case(team)
    statements = [query["sql"] for query in asked.captured_queries]
    assert len([sql for sql in statements if sql.startswith("INSERT")]) == 1
    assert all(sql.startswith(("INSERT", "BEGIN", "COMMIT")) for sql in statements)
