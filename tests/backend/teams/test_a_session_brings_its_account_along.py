"""Session, account and seats come in one query; who it is, says the sealed content alone."""

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY
from django.db import connections
from django.test.utils import CaptureQueriesContext

from backend.teams.models import Session, User
from backend.teams.password_backend import Passwords
from backend.teams.sessions import SessionStore, stored, take_account
from tests.world import Town, by_hand


@pytest.fixture
def town(database: Any) -> Town:
    return Town()


def signed_in(user_id: UUID) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user_id), "x"
    session.begin(short=False)
    session.save()
    return str(session.session_key)


def row(key: str) -> Any:
    return Session.objects.filter(session_key=stored(key))


def account_of(key: str) -> User | None:
    user_id = SessionStore(key).get(SESSION_KEY)
    return Passwords().get_user(UUID(user_id)) if user_id else None


def test_one_query_finds_session_account_and_seats(town: Town) -> None:
    key = signed_in(town.nurse.id)
    with CaptureQueriesContext(connections["default"]) as queries:
        found: Any = account_of(key)
    assert (found.pk, len(found.seats_now)) == (town.nurse.id, 1)
    assert len([one for one in queries.captured_queries if "teams_session" in one["sql"]]) == 1
    assert len(queries.captured_queries) == 1


def test_a_session_of_nobody_has_no_account(town: Town) -> None:
    session = SessionStore()
    session["pending"] = "x"
    session.save()
    assert row(str(session.session_key)).get().account_id is None
    assert account_of(str(session.session_key)) is None


def test_an_account_written_into_the_row_signs_nobody_else_in(town: Town) -> None:
    key = signed_in(town.nurse.id)
    row(key).update(account_id=town.coordinator.id)
    found = account_of(key)
    assert found is not None
    assert found.pk == town.nurse.id


def test_the_account_that_came_along_is_taken_once(town: Town) -> None:
    session = SessionStore(signed_in(town.nurse.id))
    assert session.get(SESSION_KEY) == str(town.nurse.id)
    assert take_account(town.nurse.id) is not None
    assert take_account(town.nurse.id) is None


def test_a_session_that_is_gone_leaves_no_account_behind(town: Town) -> None:
    key = signed_in(town.nurse.id)
    assert SessionStore(key).get(SESSION_KEY)
    row(key).delete()
    assert SessionStore(key).get(SESSION_KEY) is None
    assert take_account(town.nurse.id) is None


def test_an_account_switched_off_is_nobody(town: Town) -> None:
    key = signed_in(town.nurse.id)
    with by_hand(), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE teams_user SET is_active = false WHERE id = %s", [town.nurse.id])
    assert account_of(key) is None
