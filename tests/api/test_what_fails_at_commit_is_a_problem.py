"""Errors past DRF: at COMMIT, in a middleware, of the database. All are problem+json, none says what it was."""

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from api.answers import describe
from audit.acts import Act
from audit.recorder import AuditUnavailable
from backend.cases.models import Case
from backend.encryption.envelope import IntegrityFailure
from backend.encryption.private_files import RootKeyUnusable
from backend.encryption.vault import KeyGone
from backend.errors import Conflict, Fault, Gone, Invalid, Refusal, Stale
from permissions.scope import Forbidden, NotFound
from tests.api.audit import Audit
from tests.api.client import client_for
from tests.api.sample import Boxes, make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")


def at_commit(error: Exception) -> Any:
    def raise_it(*_args: Any, **_kwargs: Any) -> None:
        raise error

    return lambda: transaction.on_commit(raise_it)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (IntegrityError("late"), 409, "conflict"),
        (OperationalError("gone"), 503, "database_unavailable"),
        (AuditUnavailable("no"), 503, "audit_unavailable"),
        (RuntimeError("secret Jovana"), 500, "internal"),
    ],
)
def test_what_is_raised_after_the_view_is_answered(
    town: Town, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, code: str
) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)

    def late(_self: Any, obj: Any, **_kwargs: Any) -> Any:
        at_commit(error)()
        return shown(_self, obj, **_kwargs)

    shown = Boxes.one
    monkeypatch.setattr(Boxes, "one", late)
    answer = api.get(f"/api/v1/boxes/{box.id}")
    assert (answer.status, answer.code) == (status, code)
    assert b"Jovana" not in answer.raw
    assert answer.headers["X-Request-Id"] == answer.json["request_id"]


def test_a_deferred_constraint_that_fails_at_commit_is_a_409(
    town: Town, admin: psycopg.Connection, audit: Audit
) -> None:
    """The composite key of a case's rows is checked at COMMIT at the latest: nothing of the request stays."""
    admin.execute("CREATE TABLE IF NOT EXISTS only_here (id uuid PRIMARY KEY)")
    late = "FOREIGN KEY (id) REFERENCES only_here DEFERRABLE INITIALLY DEFERRED NOT VALID"
    admin.execute(f"ALTER TABLE cases_case ADD CONSTRAINT late {late}")
    try:
        body = {"team": str(town.team.id), "organisation": str(town.centre.id), "urgency": "asap"}
        answer = client_for(town.coordinator).post("/api/v1/boxes", body)
    finally:
        admin.execute("ALTER TABLE cases_case DROP CONSTRAINT late")
        admin.execute("DROP TABLE only_here")
    assert (answer.status, answer.code) == (409, "conflict")
    assert not Case.objects.filter(team=town.team).exists()
    assert audit.entries(verb="case.opened", log=town.team.id) == []


def test_a_change_without_its_entry_is_refused_at_commit(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever forgets the entry: the database takes the change back, and nothing of it is answered."""
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)
    monkeypatch.setattr(Act, "write", lambda _self: None)
    answer = api.patch(f"/api/v1/boxes/{box.id}", {"urgency": "stat"}, If_Match='"1"')
    assert (answer.status, answer.code) == (503, "audit_unavailable")
    assert "Retry-After" in answer.headers
    assert b"stat" not in answer.raw.replace(b"status", b"")
    assert Case.objects.get(pk=box.pk).urgency == "routine"


def sqlstate(error: DatabaseError, state: str) -> DatabaseError:
    cause = psycopg.errors.lookup(state)("x")
    error.__cause__ = cause
    return error


@pytest.mark.pure
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not_found"),
        (Case.DoesNotExist(), 404, "not_found"),
        (Forbidden(), 403, "forbidden"),
        (Conflict("case_closed", legal=["reopen"]), 409, "case_closed"),
        (Stale(), 412, "stale_version"),
        (Gone(), 410, "erased"),
        (KeyGone(), 410, "erased"),
        (Invalid(Fault("/a", "required")), 422, "invalid"),
        (Refusal("forbidden"), 403, "forbidden"),
        (IntegrityFailure(), 503, "integrity_failure"),
        (RootKeyUnusable("x"), 503, "keys_unavailable"),
        (IntegrityError(), 409, "conflict"),
        (sqlstate(OperationalError(), "40001"), 409, "conflict"),
        (sqlstate(OperationalError(), "40P01"), 409, "conflict"),
        (sqlstate(OperationalError(), "57014"), 503, "database_unavailable"),
        (DatabaseError(), 503, "database_unavailable"),
        (ZeroDivisionError(), 500, "internal"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_every_exception_has_one_answer(error: Exception, status: int, code: str) -> None:
    said = describe(error)
    assert (said.status, said.code) == (status, code)
