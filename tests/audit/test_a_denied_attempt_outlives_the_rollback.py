"""Denied attempts go out on a second connection: what the request rolls back does not take them along."""

import json
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections, transaction

from audit.acts import act
from audit.canonical import InvalidFact
from audit.models import NATIONAL, Outcome
from audit.recorder import record, record_denied
from tests.audit.conftest import QueryCounter, Reader
from tests.audit.people import NOBODY, Person


def deny(by: Person, team: UUID | None, **changed: str) -> None:
    values = {"kind": "case", "object_id": str(uuid4()), "code": "not_found"} | changed
    record_denied(by, "case.viewed", team=team, **values)


def test_it_is_there_after_the_rollback(team: UUID, read_log: Reader) -> None:
    by = Person(kind="token", acting_for=uuid4())

    @transaction.atomic
    def request() -> None:
        record(by, "case.listed", team=team, kind="case", object_id="")
        deny(by, team)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        request()
    (entry,) = read_log(team)
    assert (entry.outcome, entry.code, entry.verb) == ("denied", "not_found", "case.viewed")
    assert (entry.actor_id, entry.actor_kind, entry.acting_for) == (by.id, "token", by.acting_for)
    assert entry.is_genuine(settings.SPONA_AUDIT_KEY)


def test_it_is_there_before_the_request_ends(team: UUID, read_log: Reader) -> None:
    with transaction.atomic():
        deny(Person(), team)
        assert len(read_log(team)) == 1


def test_a_read_waits_for_the_commit_of_its_request(team: UUID, read_log: Reader) -> None:
    with transaction.atomic():
        record(Person(), "case.viewed", team=team, kind="case", object_id="LO-7K3M-9QXF-C")
        assert read_log(team) == []
    assert len(read_log(team)) == 1


def test_it_is_written_even_inside_a_broken_transaction(team: UUID, read_log: Reader) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        deny(Person(), team)
    assert len(read_log(team)) == 1


def test_an_act_that_was_refused_leaves_the_word_to_the_caller(team: UUID, read_log: Reader) -> None:
    by = Person()
    with pytest.raises(ZeroDivisionError), act(by, "case.closed", team=team):
        raise ZeroDivisionError
    assert read_log(team) == []
    deny(by, team, code="forbidden")
    assert [entry.code for entry in read_log(team)] == ["forbidden"]


def test_what_does_not_exist_belongs_to_nobody(database: None, read_log: Reader) -> None:
    by = Person()
    deny(by, None)
    (entry,) = [entry for entry in read_log(NATIONAL) if entry.actor_id == by.id]
    assert entry.outcome == "denied"


def test_a_failed_sign_in_is_failed_not_denied(team: UUID, read_log: Reader) -> None:
    record_denied(
        NOBODY,
        "session.opened",
        team=team,
        kind="user",
        object_id="",
        code="wrong_factor",
        outcome=Outcome.FAILED,
    )
    (entry,) = read_log(team)
    assert (entry.outcome, entry.actor_id, entry.actor_kind) == ("failed", None, "anonymous")


def test_a_throttled_minute_is_one_entry_with_a_count(team: UUID, read_log: Reader) -> None:
    record_denied(Person(), "case.viewed", team=team, kind="case", object_id="", code="throttled", count=12)
    (entry,) = read_log(team)
    assert json.loads(entry.body)["facts"] == {"count": 12}


@pytest.mark.parametrize(
    "typed", ["Петар Петровић", "0101990710006", "\x00", "' OR 1=1 --", "\ud800", "x" * 9000]
)
def test_whatever_was_typed_the_attempt_is_recorded(typed: str, team: UUID, read_log: Reader) -> None:
    deny(Person(), team, object_id=typed)
    (entry,) = read_log(team)
    assert entry.object_id == "malformed"
    assert typed.encode("utf-8", "replace") not in bytes(entry.body)


def test_our_own_words_are_still_checked(team: UUID, read_log: Reader) -> None:
    with pytest.raises(InvalidFact):
        deny(Person(), team, code="not found")
    assert read_log(team) == []


def test_it_costs_one_insert_and_touches_no_other_connection(
    team: UUID, read_log: Reader, count_queries: QueryCounter
) -> None:
    with count_queries("default") as here, count_queries("outside") as there:
        deny(Person(), team)
    assert here == []
    assert [statement.split()[0] for statement in there] == ["INSERT"]
    assert connections["outside"].get_autocommit()
