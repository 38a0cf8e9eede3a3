"""What the database is told of who asks: by job, by person, for a transaction and no longer."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from backend import asker
from backend.asker import NOTHING, Said
from tests.world import BUILDER, Town, actor

pytestmark = pytest.mark.database


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [f"spona.{name}"])
        return str(cursor.fetchone()[0])


def told() -> Said:
    found: Said = connection.said  # type: ignore[attr-defined]
    return found


def test_in_the_tests_every_statement_runs_under_their_job() -> None:
    assert setting("job") == "tests"
    with transaction.atomic():
        assert setting("job") == "tests"


def test_a_request_begins_with_nobody() -> None:
    with asker.as_nobody():
        assert setting("job") == ""
        with transaction.atomic():
            assert (setting("job"), setting("user_id")) == ("", "")


def test_a_job_says_its_name_in_and_outside_a_transaction() -> None:
    with asker.working_as(asker.LAPSES):
        assert setting("job") == asker.LAPSES
        with transaction.atomic():
            assert setting("job") == asker.LAPSES
    assert setting("job") == "tests"


def test_a_job_begun_within_a_transaction_ends_within_it() -> None:
    with transaction.atomic():
        with asker.working_as(asker.STEPS):
            assert setting("job") == asker.STEPS
        assert setting("job") == "tests"


def test_a_person_speaks_in_no_job_and_then_the_job_goes_on() -> None:
    by = actor(Town().nurse)
    with transaction.atomic():
        with asker.speaking_for(by):
            assert (setting("user_id"), setting("job")) == (str(by.id), "")
            with asker.working_as(asker.STEPS), asker.speaking_for(by):
                assert (setting("user_id"), setting("job")) == (str(by.id), asker.STEPS)
        assert (setting("user_id"), setting("job")) == ("", "tests")


def test_a_system_account_works_as_its_job() -> None:
    by: Any = next(iter(asker.ACCOUNTS))
    with transaction.atomic(), asker.speaking_for(type(BUILDER)(id=by, kind="system")):
        assert setting("job") == asker.ACCOUNTS[by]
    with transaction.atomic(), asker.speaking_for(type(BUILDER)(id=uuid4(), kind="system")):
        assert setting("job") == "tests"


def test_the_end_of_a_transaction_forgets() -> None:
    nurse = Town().nurse
    for undone in (True, False):
        with asker.as_nobody():
            with transaction.atomic(), asker.asked_by(nurse.id):
                assert told() != NOTHING
                transaction.set_rollback(undone)
            assert told() == NOTHING
            assert setting("user_id") == ""


def test_an_aborted_transaction_is_told_nothing_more() -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        asker.asked_by(uuid4()),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1/0")
    assert setting("job") == "tests"


def test_what_a_savepoint_takes_back_is_said_again() -> None:
    by = uuid4()
    with transaction.atomic(), asker.asked_by(by):
        with transaction.atomic():
            connection.say(Said(uuid4()))  # type: ignore[attr-defined]
            connection.said = Said(by)  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        assert setting("user_id") == str(by)


def test_a_job_reads_in_pieces_under_its_name(database: object) -> None:
    del database
    with asker.working_as(asker.DEMO), connection.chunked_cursor() as cursor:
        cursor.execute("SELECT current_setting('spona.job', true)")
        assert cursor.fetchone() == (asker.DEMO,)
