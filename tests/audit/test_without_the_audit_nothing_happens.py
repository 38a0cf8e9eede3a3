"""If the entry cannot be written the deed does not happen, and works again as soon as it can."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from audit.acts import act
from audit.recorder import AuditUnavailable, record, record_denied, record_list
from tests.audit.conftest import Reader
from tests.audit.lamps import Lamp
from tests.audit.people import Person


@pytest.fixture
def no_insert(database: None, admin: Any) -> Iterator[None]:
    """Take the one right away, in this worker's own clone, and give it back."""
    admin.execute("REVOKE INSERT ON audit_entry FROM spona_app")
    yield
    admin.execute("GRANT INSERT ON audit_entry TO spona_app")


def view(team: UUID) -> None:
    record(Person(), "case.viewed", team=team, kind="case", object_id="LO-7K3M-9QXF-C")


def create(lamp: Lamp) -> None:
    with act(Person(), "lamp.created"):
        lamp.save()


def test_a_change_is_undone(unsaved_lamp: Lamp, no_insert: None) -> None:
    with pytest.raises(AuditUnavailable):
        create(unsaved_lamp)
    assert Lamp.objects.count() == Lamp.history.count() == 0


def test_a_whole_request_is_undone(unsaved_lamp: Lamp, no_insert: None) -> None:
    """What happened in the request before the act goes as well."""

    @transaction.atomic
    def request() -> None:
        with transaction.get_connection().cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_lamp (id, team_id, colour)"
                " VALUES (gen_random_uuid(), gen_random_uuid(), 'red')"
            )
        create(unsaved_lamp)

    with pytest.raises(AuditUnavailable):
        request()
    assert Lamp.objects.count() == 0


def test_a_read_is_refused(team: UUID, no_insert: None) -> None:
    with pytest.raises(AuditUnavailable):
        view(team)


def test_a_list_is_refused(team: UUID, no_insert: None) -> None:
    with pytest.raises(AuditUnavailable):
        record_list(Person(), "case.listed", kind="case", ids_by_team={team: []})


def test_a_denied_attempt_that_cannot_be_written_says_so(team: UUID, no_insert: None) -> None:
    with pytest.raises(AuditUnavailable):
        record_denied(Person(), "case.viewed", team=team, kind="case", object_id="", code="not_found")


def test_the_error_tells_nothing_of_the_entry(team: UUID, no_insert: None) -> None:
    with pytest.raises(AuditUnavailable) as refusal:
        view(team)
    assert str(refusal.value) == "The audit entry could not be written."


def test_afterwards_everything_works(unsaved_lamp: Lamp, team: UUID, admin: Any, read_log: Reader) -> None:
    admin.execute("REVOKE INSERT ON audit_entry FROM spona_app")
    try:
        with pytest.raises(AuditUnavailable):
            create(unsaved_lamp)
    finally:
        admin.execute("GRANT INSERT ON audit_entry TO spona_app")
    again = Lamp(team_id=team, colour="white")
    create(again)
    view(team)
    assert Lamp.objects.get().pk == again.pk
    assert len(read_log(team)) == 1


def test_an_id_that_is_taken_is_unavailable_too(
    unsaved_lamp: Lamp, team: UUID, read_log: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the database's reason: here a broken source of random ids."""
    fixed = UUID(int=team.int ^ 1)
    monkeypatch.setattr("audit.entries.uuid4", lambda: fixed)
    view(team)
    with pytest.raises(AuditUnavailable):
        view(team)
    assert [entry.id for entry in read_log(team)] == [fixed]
